import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from './config-error.js';
import { readEnvironment } from './dot-env.js';

describe('readEnvironment', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dot-env-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('is the environment where there is no file', () => {
    expect(readEnvironment(folder, { PORT: '1' })).toEqual({ PORT: '1' });
  });

  it('reads comments, quotes, exports, spaces and a byte order mark', () => {
    writeFileSync(
      join(folder, '.env'),
      '\uFEFFPORT=8080\n# a comment\nexport HOST="0.0.0.0" # all\nAI_GATEWAY_SECRET=\'a#b\'\n\nEMPTY=\nSPACED = x y \r\n',
    );
    expect(readEnvironment(folder, {})).toEqual({
      PORT: '8080',
      HOST: '0.0.0.0',
      AI_GATEWAY_SECRET: 'a#b',
      EMPTY: '',
      SPACED: 'x y',
    });
  });

  it('lets the environment win, an empty variable too', () => {
    writeFileSync(join(folder, '.env'), 'PORT=1\nHOST=::\nLOG_LEVEL=debug\n');
    expect(readEnvironment(folder, { PORT: '2', HOST: '' })).toEqual({ PORT: '2', HOST: '', LOG_LEVEL: 'debug' });
  });

  it('does not write to the environment', () => {
    writeFileSync(join(folder, '.env'), 'ONLY_IN_FILE=1\n');
    expect(readEnvironment(folder).ONLY_IN_FILE).toBe('1');
    expect(process.env.ONLY_IN_FILE).toBeUndefined();
  });

  it('says when the file cannot be read', () => {
    mkdirSync(join(folder, '.env'));
    const read = () => readEnvironment(folder, {});
    expect(read).toThrow(ConfigError);
    expect(read).toThrow('.env cannot be read (EISDIR)');
  });
});
