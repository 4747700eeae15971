import { ConfigError } from '../config/config-error.js';
import type { Environment } from '../config/environment-reader.js';
import { loadConfig } from '../config/load-config.js';
import { StorageStartError } from '../storage/storage-errors.js';
import { CommandFailedError, WrongInputError } from './cli-errors.js';
import type { Command } from './command.js';
import { reportLines } from './doctor/finding.js';
import { findKeyStore } from './find-key-store.js';
import { createKey, disableKey, listKeys } from './key-commands.js';
import type { KeyStore } from './key-store.js';
import { parseCommand } from './parse-command.js';
import { USAGE } from './usage-text.js';

export interface Terminal {
  print(line: string): void;
  complain(line: string): void;
}

/**
 * Carries out a command.
 * @param readEnv gives the environment, or throws `ConfigError`
 * @returns the exit code: 0 done, 1 not done or something must be mended, 2 wrong input
 */
export async function runCommand(
  args: readonly string[],
  readEnv: () => Environment,
  terminal: Terminal,
): Promise<0 | 1 | 2> {
  try {
    const { lines, code } = await carryOut(parseCommand(args), readEnv);
    for (const line of lines) terminal.print(line);
    return code;
  } catch (error) {
    if (!isExpected(error)) throw error;
    terminal.complain(error.message);
    return error instanceof WrongInputError ? 2 : 1;
  }
}

interface Outcome {
  readonly lines: readonly string[];
  readonly code: 0 | 1;
}

async function carryOut(command: Command, readEnv: () => Environment): Promise<Outcome> {
  switch (command.name) {
    case 'help':
      return { lines: [USAGE], code: 0 };
    case 'doctor': {
      const { examine } = await import('./doctor/examine.js');
      const findings = await examine(readEnv);
      return { lines: reportLines(findings), code: findings.some(({ level }) => level === 'mend') ? 1 : 0 };
    }
    case 'keys create':
      return withKeys(readEnv, (store) => createKey(store, command.key, command.isJson));
    case 'keys list':
      return withKeys(readEnv, (store) => listKeys(store, command.isJson));
    case 'keys disable':
      return withKeys(readEnv, (store) => disableKey(store, command.id));
  }
}

async function withKeys(
  readEnv: () => Environment,
  work: (store: KeyStore) => Promise<readonly string[]>,
): Promise<Outcome> {
  const env = readEnv();
  const store = await findKeyStore(loadConfig(env).config, env);
  try {
    return { lines: await work(store), code: 0 };
  } finally {
    await store.close();
  }
}

function isExpected(error: unknown): error is Error {
  return [WrongInputError, CommandFailedError, ConfigError, StorageStartError].some((kind) => error instanceof kind);
}
