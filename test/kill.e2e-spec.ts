import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killUnderLoad } from './support/kill-rounds.js';
import { startGatewayProcess } from './support/start-gateway-process.js';

/** More of them: `KILL_ROUNDS=1000 npm test -- test/kill`. */
const ROUNDS = Number(process.env.KILL_ROUNDS ?? 50);

let folder: string;
let databasePath: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kill-'));
  databasePath = join(folder, 'data', 'gateway.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

it(
  `has a row for every answer that was received whole, and loses nothing, over ${ROUNDS} kills under load`,
  async () => {
    const report = await killUnderLoad({ rounds: ROUNDS, databasePath });
    if (ROUNDS > 50) console.log(JSON.stringify(report));
    expect(report).toMatchObject({ receivedWithoutRow: [], upstreamWithoutRow: [], leftOpen: 0, damage: [] });
    expect(report.receivedWhole).toBeGreaterThan(ROUNDS);
    expect(report.rowsByStatus.unknown).toBeGreaterThan(0);
    expect(report.costOfSums).toBe(report.costOfRows);
    expect(report.requestsOfSums).toBe(report.rows);
  },
  60_000 + ROUNDS * 10_000,
);

it('lets one gateway have a file, names it to the second, and lets the next one have it when that was killed', async () => {
  const env = { DATABASE_PATH: databasePath, LOG_LEVEL: 'warn' };
  const first = await startGatewayProcess(env);
  const refused = await startGatewayProcess(env).catch((error: unknown) => error);
  expect(String(refused)).toContain(`the gateway exited with 1`);
  expect(String(refused)).toContain(`in use by another gateway, process ${first.child.pid}`);
  expect(String(refused)).not.toContain('    at ');
  await first.kill('SIGKILL');
  const next = await startGatewayProcess(env);
  expect(await next.kill('SIGTERM')).toBe(0);
});
