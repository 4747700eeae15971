import { startSimulator } from './simulator.js';

/**
 * The simulator as a process of its own; the address is printed. Read are `PORT` (a free one when not given), `HOST`,
 * `SIMULATOR_KEY` (the key that calls must have), `SIMULATOR_MAX_CALLS` (how many calls the ledger keeps) and
 * `SIMULATOR_BENCHMARK=true` (fixed answers are left out of the ledger).
 */
const {
  PORT = '0',
  HOST = '127.0.0.1',
  SIMULATOR_KEY,
  SIMULATOR_MAX_CALLS = '20000',
  SIMULATOR_BENCHMARK,
} = process.env;

const simulator = await startSimulator({
  port: Number(PORT),
  host: HOST,
  maxCalls: Number(SIMULATOR_MAX_CALLS),
  recordsFixedAnswers: SIMULATOR_BENCHMARK !== 'true',
  ...(SIMULATOR_KEY === undefined ? {} : { requiredKey: SIMULATOR_KEY }),
});

process.stdout.write(`Upstream simulator: ${simulator.url}\n`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void simulator.close());
}
