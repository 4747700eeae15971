import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface GatewayProcess {
  readonly origin: string;
  readonly url: string;
  readonly child: ChildProcess;
  /** Everything it has printed so far, both streams. */
  output(): string;
  /** Ends it with a signal and resolves with its exit code; null after SIGKILL. */
  kill(signal?: NodeJS.Signals): Promise<number | null>;
}

const ROOT = process.cwd();
/** A closed port: no test may reach beyond this machine by leaving the upstream out. */
const NOWHERE = 'http://127.0.0.1:9/v1';

/**
 * Starts the built gateway (`dist/`) as its own process on a free port.
 * @throws {Error} with its output when it exits before it listens
 */
export async function startGatewayProcess(env: Readonly<Record<string, string>> = {}): Promise<GatewayProcess> {
  const child = spawn(process.execPath, [join(ROOT, 'dist/src/main.js')], {
    // Only what the test says: the machine's own settings must not decide.
    env: { PATH: process.env.PATH, PORT: '0', AI_GATEWAY_RATE_LIMIT_RPM: '0', AI_GATEWAY_UPSTREAM: NOWHERE, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const exit = once(child, 'exit') as Promise<[number | null]>;
  const origin = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      const address = /listens on (http:\/\/\S+)/.exec(output)?.[1];
      if (address !== undefined) resolve(address);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    void exit.then(([code]) => reject(new Error(`the gateway exited with ${code}:\n${output}`)));
  });
  return {
    origin,
    url: `${origin}/v1`,
    child,
    output: () => output,
    kill: async (signal = 'SIGTERM') => {
      child.kill(signal);
      const [code] = await exit;
      return code;
    },
  };
}
