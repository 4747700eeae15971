import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { RemoteSimulator } from '../../apps/upstream-simulator/remote-simulator.js';

export type { Behaviour } from '../../apps/upstream-simulator/behaviour.js';
export { UPSTREAM_FAULTS, type UpstreamFault } from '../../apps/upstream-simulator/faults.js';
export type { SimulatorCall } from '../../apps/upstream-simulator/simulator-call.js';
export { type Simulator, type SimulatorOptions, startSimulator } from '../../apps/upstream-simulator/simulator.js';
export { RemoteSimulator };

export interface SimulatorProcess extends RemoteSimulator {
  readonly processId: number;
  /** Ends the process and waits until it has ended. */
  close(): Promise<void>;
}

export interface SimulatorProcessOptions {
  readonly requiredKey?: string;
  /** Path of the program, the built one when not given. */
  readonly program?: string;
}

const BUILT_PROGRAM = 'dist/apps/upstream-simulator/main.js';
const ADDRESS = /^Upstream simulator: (\S+)\/v1$/;

/**
 * Starts the built simulator as a process of its own on a free port, with the same methods as the one in this process,
 * all of them asynchronous. Needs `npm run build:gateway`.
 */
export async function startSimulatorProcess(options: SimulatorProcessOptions = {}): Promise<SimulatorProcess> {
  const { requiredKey, program = BUILT_PROGRAM } = options;
  const child = spawn(process.execPath, [resolve(program)], {
    env: { PORT: '0', ...(requiredKey === undefined ? {} : { SIMULATOR_KEY: requiredKey }) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  const errors: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
  const said = createInterface({ input: child.stdout });
  const origin = await Promise.race([
    once(said, 'line').then(([line]) => ADDRESS.exec(String(line))?.[1] ?? null),
    exited.then(() => null),
  ]);
  if (origin === null || child.pid === undefined) {
    child.kill();
    throw new Error(`The simulator did not start: ${Buffer.concat(errors).toString('utf8')}`);
  }
  return Object.assign(new RemoteSimulator(origin), {
    processId: child.pid,
    close: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  });
}
