import { parseArgs, type ParseArgsConfig } from 'node:util';
import { WrongInputError } from './cli-errors.js';
import type { Command } from './command.js';
import { KEY_OPTIONS, toCreateKey } from './key-options.js';

const HINT = 'npm run gateway -- help shows how it is used';

/**
 * Reads what was typed after `npm run gateway --`.
 * @throws {WrongInputError} with one sentence
 */
export function parseCommand(args: readonly string[], now: number = Date.now()): Command {
  const [first, second, ...rest] = args;
  if (first === undefined || args.includes('--help') || args.includes('-h') || first === 'help') {
    return { name: 'help' };
  }
  if (first === 'doctor') {
    read(args.slice(1), {});
    return { name: 'doctor' };
  }
  if (first !== 'keys') throw new WrongInputError(`There is no command '${first}'; ${HINT}.`);
  switch (second) {
    case 'create': {
      const { json, ...texts } = read(rest, KEY_OPTIONS).values;
      return { name: 'keys create', key: toCreateKey(texts, now), isJson: json === true };
    }
    case 'list':
      return { name: 'keys list', isJson: read(rest, { json: { type: 'boolean' } }).values.json === true };
    case 'disable':
      return { name: 'keys disable', id: onlyIdIn(rest) };
    case undefined:
      throw new WrongInputError(`keys needs one of create, list and disable; ${HINT}.`);
    default:
      throw new WrongInputError(`There is no command 'keys ${second}', only keys create, list and disable; ${HINT}.`);
  }
}

function onlyIdIn(args: readonly string[]): string {
  const { positionals } = read(args, {}, true);
  const [id] = positionals;
  if (id === undefined || positionals.length > 1 || !/^[\w-]{1,64}$/.test(id)) {
    throw new WrongInputError('keys disable takes the id of one key, as keys list shows it: keys disable key_….');
  }
  return id;
}

function read<const Options extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: Options,
  allowPositionals = false,
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals, strict: true });
  } catch (error) {
    if (!isAboutArguments(error)) throw error;
    // Node explains at length how an argument may begin with a dash; the first sentence says what is wrong.
    const [sentence = ''] = error.message.split(/\.\s/);
    throw new WrongInputError(`${sentence.replaceAll('\n', ' ').replace(/\.$/, '')}; ${HINT}.`);
  }
}

function isAboutArguments(error: unknown): error is { readonly message: string } {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    String(error.code).startsWith('ERR_PARSE_ARGS_') &&
    'message' in error
  );
}
