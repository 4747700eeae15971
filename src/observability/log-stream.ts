import { pino, type DestinationStream } from 'pino';
import type { LogConfig } from '../config/gateway-config.js';

/** Where the lines of the log go; a module may provide its own in the place of the standard output. */
export const LogStream = Symbol('LogStream');

const STDOUT = 1;
/** While nobody reads the output, no more than this is kept; the rest of the log is lost, and the gateway is not. */
const MAX_BUFFERED_BYTES = 16 * 1_024 * 1_024;
/** At the end the output is tried so often, every 100 ms. */
const LAST_TRIES = 10;

export interface OpenedLog {
  readonly stream: DestinationStream;
  /** Writes what is still buffered. */
  flush(): void;
}

/** Opens the standard output for the log. Lines are written in the background, so a slow reader holds nobody up. */
export async function openLog({ isPretty, level }: LogConfig): Promise<OpenedLog> {
  if (level === 'silent') return { stream: { write: () => undefined }, flush: () => undefined };
  let triesLeft = Infinity;
  const options = { fd: STDOUT, sync: false, maxLength: MAX_BUFFERED_BYTES, retryEAGAIN: () => (triesLeft -= 1) > 0 };
  const output = pino.destination(options);
  // A closed pipe, a lost terminal, a full disk: nobody is left to be told, and calls must go on.
  output.on('error', () => undefined);
  const stream = isPretty ? await readable(output) : output;
  const flushAtEnd = (): void => {
    triesLeft = LAST_TRIES;
    flush(output);
  };
  return { stream, flush: flushAtEnd };
}

/** Readable lines where the package for them is installed, which a production install leaves out. */
async function readable(output: ReturnType<typeof pino.destination>): Promise<DestinationStream> {
  try {
    const { default: pretty } = await import('pino-pretty');
    return pretty({
      destination: output,
      colorize: true,
      translateTime: 'SYS:HH:MM:ss.l',
      messageFormat: '{msg}{event}',
    });
  } catch (error) {
    if (isNotInstalled(error)) return output;
    throw error;
  }
}

function isNotInstalled(error: unknown): boolean {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND';
}

function flush(output: ReturnType<typeof pino.destination>): void {
  try {
    output.flushSync();
  } catch {
    // The output is closed, or nobody has read it for a second: what is left is given up, so that the process can end.
    output.destroy();
  }
}
