import { startSimulator } from './simulator.js';

/** The simulator as a process of its own: `PORT`, `HOST` and `SIMULATOR_KEY` are read; the address is printed. */
const { PORT = '0', HOST = '127.0.0.1', SIMULATOR_KEY } = process.env;

const simulator = await startSimulator({
  port: Number(PORT),
  host: HOST,
  ...(SIMULATOR_KEY === undefined ? {} : { requiredKey: SIMULATOR_KEY }),
});

process.stdout.write(`Upstream simulator: ${simulator.url}\n`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void simulator.close());
}
