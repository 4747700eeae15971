import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../config/load-config.js';
import { SecretFileError } from './secret-file.js';
import { SecretService } from './secret.service.js';

const SECRET = 'a secret of more than thirty-two bytes';

describe('SecretService', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gateway-secret-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('derives a key of its own for each purpose, the same one every time', () => {
    const [one, other] = [new SecretService(SECRET), new SecretService(SECRET)];
    expect(one.key('vault')).toEqual(other.key('vault'));
    expect(one.key('vault')).toHaveLength(32);
    expect(one.key('vault')).not.toEqual(one.key('session'));
    expect(one.key('vault')).not.toEqual(new SecretService(`${SECRET}!`).key('vault'));
  });

  it('gives the keys of previous secrets after the one in force', () => {
    const rotated = new SecretService('a new secret of more than 32 bytes', [SECRET]);
    expect(rotated.keys('vault')).toHaveLength(2);
    expect(rotated.keys('vault')[1]).toEqual(new SecretService(SECRET).key('vault'));
  });

  it('makes a secret beside the database once, readable by its owner only', () => {
    const { config } = loadConfig({ DATABASE_PATH: join(folder, 'deep', 'gateway.db') });
    const first = SecretService.fromConfig(config).key('vault');
    const file = join(folder, 'deep', 'gateway.db.secret');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(SecretService.fromConfig(config).key('vault')).toEqual(first);
  });

  it('closes a secret file that others could read', () => {
    const { config } = loadConfig({ DATABASE_PATH: join(folder, 'gateway.db') });
    SecretService.fromConfig(config);
    chmodSync(join(folder, 'gateway.db.secret'), 0o644);
    SecretService.fromConfig(config);
    expect(statSync(join(folder, 'gateway.db.secret')).mode & 0o777).toBe(0o600);
  });

  it('refuses a secret file that was cut, and leaves it as it is', () => {
    const file = join(folder, 'gateway.db.secret');
    writeFileSync(file, 'short');
    const { config } = loadConfig({ DATABASE_PATH: join(folder, 'gateway.db') });
    expect(() => SecretService.fromConfig(config)).toThrow(SecretFileError);
    expect(readFileSync(file, 'utf8')).toBe('short');
  });

  it('makes no file when AI_GATEWAY_SECRET is set', () => {
    const { config } = loadConfig({ DATABASE_PATH: join(folder, 'gateway.db'), AI_GATEWAY_SECRET: SECRET });
    expect(SecretService.fromConfig(config).key('vault')).toEqual(new SecretService(SECRET).key('vault'));
    expect(existsSync(join(folder, 'gateway.db.secret'))).toBe(false);
  });

  it('has another secret at every start without a database', () => {
    const { config } = loadConfig({});
    expect(SecretService.fromConfig(config).key('vault')).not.toEqual(SecretService.fromConfig(config).key('vault'));
  });
});
