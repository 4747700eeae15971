import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { ProcessFigures } from './answer-parent.js';

const START_MS = 30_000;
const STOP_MS = 5_000;
const POLL_MS = 20;
const ADDRESS = /(?:listens on|simulator:) (http:\/\/127\.0\.0\.1:\d+)/;

export interface ChildOptions {
  readonly name: string;
  /** Built script, from this folder: `../../src/main.js`. */
  readonly script: string;
  /** The whole environment: settings of the machine must not decide. */
  readonly env: Readonly<Record<string, string>>;
  /** Working directory, and the place of the output. */
  readonly folder: string;
}

/** A process that the bench has started: a server on loopback, which prints its address. */
export class Child {
  private constructor(
    readonly origin: string,
    private readonly process: ChildProcess,
  ) {}

  /** @throws {Error} with its output when it does not say where it listens */
  static async start({ name, script, env, folder }: ChildOptions): Promise<Child> {
    const outputFile = join(folder, `${name}.log`);
    // Output goes to a file: a pipe would put the reading of it on the load generator.
    const output = openSync(outputFile, 'w');
    const preload = new URL('./answer-parent.js', import.meta.url).href;
    const path = fileURLToPath(new URL(script, import.meta.url));
    const child = spawn(process.execPath, ['--import', preload, path], {
      cwd: folder,
      env: { PATH: process.env.PATH ?? '', ...env },
      stdio: ['ignore', output, output, 'ipc'],
    });
    closeSync(output);
    for (const start = performance.now(); performance.now() - start < START_MS; await wait(POLL_MS)) {
      const origin = ADDRESS.exec(readFileSync(outputFile, 'utf8'))?.[1];
      if (origin !== undefined) return new Child(origin, child);
      if (child.exitCode !== null) break;
    }
    child.kill('SIGKILL');
    throw new Error(`${name} did not start:\n${readFileSync(outputFile, 'utf8')}`);
  }

  /** What the process has used so far. */
  async figures(): Promise<ProcessFigures> {
    const answer = once(this.process, 'message', { signal: AbortSignal.timeout(STOP_MS) });
    this.process.send('figures');
    const [figures] = (await answer) as [ProcessFigures];
    return figures;
  }

  async stop(): Promise<void> {
    const { process: child } = this;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    const deadline = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await exit;
    clearTimeout(deadline);
  }
}
