import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BenchOptions, BenchOptionsError, readBenchOptions, USAGE } from './bench-options.js';
import { runRound, warmUp } from './bench-round.js';
import { benchTable } from './bench-table.js';
import type { Child } from './child.js';
import type { RoundFigures } from './record.js';
import { startProxy, startSimulator } from './subjects.js';
import { summarize } from './summary.js';

/** Longer than any run takes, its warm-up included; nothing may hang for ever. */
const LONGEST_WARM_UP_MS = 300_000;
const LONGEST_ROUND_MS = 240_000;

const say = (text: string): boolean => process.stderr.write(`${text}\n`);

async function bench(options: BenchOptions, folder: string, children: Child[]): Promise<void> {
  const started = async (start: Promise<Child>): Promise<Child> => {
    const child = await start;
    children.push(child);
    return child;
  };
  const simulator = await started(startSimulator(folder));
  const proxies = {
    bare: await started(startProxy('bare', simulator.origin, folder)),
    gateway: await started(startProxy('gateway', simulator.origin, folder)),
    'gateway-off': await started(startProxy('gateway-off', simulator.origin, folder)),
    'gateway-on': await started(startProxy('gateway-on', simulator.origin, folder)),
  };
  const stage = { simulator, proxies, folder };
  await warmUp(stage, options);
  const rounds: RoundFigures[] = [];
  for (let round = 0; round < options.rounds; round += 1) {
    say(`round ${round + 1} of ${options.rounds}`);
    rounds.push(await runRound(stage, options, round));
  }
  const machine = { cpu: cpus()[0]?.model.trim() ?? 'unknown', cores: cpus().length, node: process.version };
  const summary = summarize(rounds);
  console.log(`${machine.cores} × ${machine.cpu}, Node ${machine.node}, median of ${rounds.length} rounds\n`);
  console.log(benchTable(rounds, summary));
  if (options.jsonFile !== undefined) {
    await writeFile(options.jsonFile, `${JSON.stringify({ machine, options, ...summary, rounds }, null, 2)}\n`);
  }
}

function optionsOrExit(): BenchOptions {
  try {
    return readBenchOptions(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof BenchOptionsError)) throw error;
    say(`${error.message}\n${USAGE}`);
    process.exit(2);
  }
}

const options = optionsOrExit();
const children: Child[] = [];
const folder = await mkdtemp(join(tmpdir(), 'ai-gateway-bench-'));
setTimeout(
  () => {
    say('The bench takes too long and is ended.');
    // The children end with their IPC channel.
    process.exit(1);
  },
  LONGEST_WARM_UP_MS + options.rounds * LONGEST_ROUND_MS,
).unref();
try {
  await bench(options, folder, children);
} finally {
  await Promise.all(children.map((child) => child.stop()));
  await rm(folder, { recursive: true, force: true });
}
