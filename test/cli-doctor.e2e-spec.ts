import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli, type CliResult } from './support/run-cli.js';
import { startGateway } from './support/start-gateway.js';
import { startSimulator, type Simulator } from './support/start-simulator.js';

// Every step is a process of its own.
jest.setTimeout(60_000);

const UPSTREAM_KEY = 'sk-the-upstream-key-of-this-test';
const SECRET = 'Zr8vQm2xLw9tKb4nHc7yPd5sGf3jXa6u';

let simulator: Simulator;
let folder: string;

beforeAll(async () => {
  simulator = await startSimulator({ requiredKey: UPSTREAM_KEY });
});
afterAll(() => simulator.close());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'doctor-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function aHealthyOne(): Record<string, string> {
  return {
    PORT: '0',
    AI_GATEWAY_UPSTREAM: simulator.url,
    AI_GATEWAY_API_KEY: UPSTREAM_KEY,
    AI_GATEWAY_SECRET: SECRET,
    DATABASE_PATH: join(folder, 'gateway.db'),
  };
}

async function doctor(env: Readonly<Record<string, string>>): Promise<CliResult> {
  const result = await runCli(['doctor'], env, folder);
  for (const secret of [UPSTREAM_KEY, SECRET]) expect(result.stdout + result.stderr).not.toContain(secret);
  expect(result.stderr).toBe('');
  return result;
}

const mended = ({ stdout }: CliResult): string[] => stdout.split('\n').filter((line) => line.startsWith('mend'));

it('finds nothing to mend in a configuration that works, and makes no file', async () => {
  const result = await doctor(aHealthyOne());
  expect([result.code, mended(result)]).toEqual([0, []]);
  expect(result.stdout).toContain('default accepts AI_GATEWAY_API_KEY and lists');
  expect(result.stdout).toContain('Nothing must be mended.');
  expect(readdirSync(folder)).toEqual([]);
});

it('says who has the file, and which version it has', async () => {
  const env = aHealthyOne();
  const gateway = await startGateway(env);
  const running = await doctor({ ...env, GATEWAY_URL: gateway.origin });
  expect([running.code, mended(running)]).toEqual([0, []]);
  expect(running.stdout).toContain(`runs at ${gateway.origin}`);
  expect(running.stdout).toContain(`in use by a running gateway, process ${process.pid}`);
  await gateway.close();
  const stopped = await doctor(env);
  expect(stopped.stdout).toContain('is whole, free');
  expect(stopped.stdout).toMatch(/schema version \d+$/m);
});

it.each<[string, (env: Record<string, string>) => Record<string, string>, RegExp]>([
  [
    'a bad variable',
    (env) => ({ ...env, AI_GATEWAY_RETRY_ATTEMPTS: 'many' }),
    /configuration +AI_GATEWAY_RETRY_ATTEMPTS/,
  ],
  ['a key that is refused', (env) => ({ ...env, AI_GATEWAY_API_KEY: 'sk-wrong' }), /refuses AI_GATEWAY_API_KEY/],
  [
    'an upstream where nobody is',
    (env) => ({ ...env, AI_GATEWAY_UPSTREAM: 'http://127.0.0.1:9/v1' }),
    /upstreams.*default/,
  ],
  ['a gateway that is not there', (env) => ({ ...env, GATEWAY_URL: 'http://127.0.0.1:9' }), /correct GATEWAY_URL/],
  ['a short secret', (env) => ({ ...env, AI_GATEWAY_SECRET: 'short' }), /secrets +AI_GATEWAY_SECRET is shorter/],
  ['a guessable admin key', (env) => ({ ...env, AI_GATEWAY_ADMIN_KEY: 'admin' }), /AI_GATEWAY_ADMIN_KEY is shorter/],
  [
    'a routed model without a price that is denied',
    (env) => ({ ...env, AI_GATEWAY_MODEL_ROUTES: 'house:default', AI_GATEWAY_UNPRICED: 'deny' }),
    /prices +none is known for default\/house/,
  ],
])('finds %s, says what to do and exits with 1', async (_, change, expected) => {
  const result = await doctor(change(aHealthyOne()));
  expect(result.code).toBe(1);
  expect(mended(result)).toEqual([expect.stringMatching(expected)]);
  expect(result.stdout).toContain('1 thing must be mended.');
});

it('finds a damaged file', async () => {
  const env = aHealthyOne();
  writeFileSync(env.DATABASE_PATH ?? '', 'this is no database at all, whatever its name says');
  const result = await doctor(env);
  expect([result.code, mended(result)]).toEqual([1, [expect.stringContaining('not a readable SQLite database')]]);
});

it('notes a routed model without a price, and knows the prices that were set', async () => {
  const env = { ...aHealthyOne(), AI_GATEWAY_MODEL_ROUTES: 'house:default' };
  expect((await doctor(env)).stdout).toMatch(/note +prices +none is known for default\/house/);
  const gateway = await startGateway(env);
  await fetch(`${gateway.origin}/api/prices/house`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: '{"input": 1, "output": 2}',
  });
  await gateway.close();
  expect((await doctor(env)).stdout).toMatch(/ok +prices +every routed model has one; overrides: 1/);
});
