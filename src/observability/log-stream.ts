import type { DestinationStream } from 'pino';
import type { LogConfig } from '../config/gateway-config.js';
import { BackgroundOutput } from './background-output.js';

/** Where the lines of the log go; a module may provide its own `{ write(line) }` in the place of the standard output. */
export const LogStream = Symbol('LogStream');

const STDOUT = 1;

export interface OpenedLog {
  readonly stream: DestinationStream;
  /** Writes what is still waiting. */
  flush(): Promise<void>;
}

/** Opens the standard output for the log. Lines are written in the background, so a slow reader holds nobody up. */
export async function openLog({ isPretty, level }: LogConfig): Promise<OpenedLog> {
  if (level === 'silent') return keptElsewhere({ write: () => undefined });
  const output = new BackgroundOutput(STDOUT);
  return { stream: isPretty ? await readable(output) : output, flush: () => output.flush() };
}

/** A stream of somebody who looks after it. */
export function keptElsewhere(stream: DestinationStream): OpenedLog {
  return { stream, flush: () => Promise.resolve() };
}

/** Readable lines where the package for them is installed, which a production install leaves out. */
async function readable(output: BackgroundOutput): Promise<DestinationStream> {
  try {
    const { prettyFactory } = await import('pino-pretty');
    const toReadable = prettyFactory({
      colorize: true,
      singleLine: true,
      translateTime: 'SYS:HH:MM:ss.l',
      ignore: 'context,event',
      messageFormat: '{context} {event}{msg}',
    });
    return { write: (line: string) => output.write(toReadable(line)) };
  } catch (error) {
    if (isNotInstalled(error)) return output;
    throw error;
  }
}

function isNotInstalled(error: unknown): boolean {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND';
}
