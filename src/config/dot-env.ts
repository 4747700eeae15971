import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { ConfigError } from './config-error.js';
import type { Environment } from './environment-reader.js';
import { errorCodeOf } from './error-code.js';

/**
 * The environment, completed by the `.env` file of a folder, if there is one. A variable of the environment wins, an
 * empty one too: `PORT= npm start` unsets what the file sets.
 * @throws {ConfigError} when the file is there and cannot be read
 */
export function readEnvironment(cwd: string = process.cwd(), env: Environment = process.env): Environment {
  return { ...parseEnv(readDotEnv(join(cwd, '.env'))), ...env };
}

function readDotEnv(path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    const code = errorCodeOf(error);
    if (code === 'ENOENT') return '';
    throw new ConfigError([
      {
        variable: '.env',
        finding: ` cannot be read (${code ?? 'unknown reason'})`,
        advice: 'make it a readable file, or remove it',
      },
    ]);
  }
}
