import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { DataSource } from 'typeorm';
import { rawConnection } from '../src/storage/drivers/open-sqlite.js';
import { LedgerWriter } from '../src/storage/ledger-writer.js';
import { backAtBaseline } from './support/baseline.js';
import { aChatRequest, eventually, get, post, recordOf, type Answer } from './support/clients.js';
import { startGateway, type RunningGateway } from './support/start-gateway.js';
import { startSimulator, type Simulator } from './support/start-simulator.js';

let folder: string;
let path: string;
let simulator: Simulator;
let gateway: RunningGateway;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'store-'));
  path = join(folder, 'gateway.db');
  simulator = await startSimulator();
  gateway = await startGateway({ AI_GATEWAY_UPSTREAM: simulator.url, DATABASE_PATH: path });
});
afterEach(async () => {
  await backAtBaseline(gateway);
  await gateway.close();
  await simulator.close();
  rmSync(folder, { recursive: true });
});

const chat = (more: object = {}): Promise<Answer> => post(`${gateway.url}/chat/completions`, aChatRequest(more));
const idOf = ({ headers }: Answer): string => headers.get('x-request-id') ?? '';
const writer = (): LedgerWriter => gateway.gateway.app.get(LedgerWriter);
const database = () => rawConnection(gateway.gateway.app.get(DataSource));
const integrity = (): unknown => database().pragma('integrity_check', { simple: true });

it('answers while another process holds the lock, and writes every row when it is free', async () => {
  const other = new Database(path);
  other.exec('BEGIN IMMEDIATE');
  const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => chat({ stream: i % 2 === 0 })));
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  expect(writer().health.state).toBe('locked');
  expect(writer().waiting).toBeGreaterThan(0);
  other.close();
  await eventually(() => writer().waiting === 0 && writer().health.state === 'ok');
  for (const answer of answers) expect(await recordOf(gateway.origin, idOf(answer))).toMatchObject({ status: 'ok' });
  expect((await get(`${gateway.origin}/api/costs`)).json<{ total: object }>().total).toMatchObject({ requests: 20 });
  expect(integrity()).toBe('ok');
});

it('takes no calls while the disk is full, before any upstream is called, and settles those that run', async () => {
  simulator.script('gpt-4o', { answer: 'one two three four five six seven', eventEveryMs: 15 });
  const running = chat({ stream: true });
  await simulator.waitFor(({ eventsSent }) => eventsSent > 1);
  database().pragma('wal_checkpoint(TRUNCATE)');
  database().pragma(`max_page_count = ${Number(database().pragma('page_count', { simple: true }))}`);
  // The first calls find out; what they write may still fit into pages that have room.
  await eventually(async () => {
    await chat({ messages: [{ role: 'user', content: 'x'.repeat(5_000) }] });
    return writer().health.state === 'broken';
  });
  const before = simulator.totalCalls;
  const refused = await chat();
  expect([refused.status, refused.json()]).toMatchObject([
    503,
    { error: { type: 'overloaded_error', code: 'storage_unavailable' } },
  ]);
  expect(refused.headers.get('retry-after')).toBe('5');
  expect(simulator.totalCalls).toBe(before);
  const answer = await running;
  expect([answer.status, answer.events().at(-1)]).toEqual([200, '[DONE]']);
  database().pragma('max_page_count = 1073741823');
  await eventually(() => writer().health.state === 'ok');
  expect(await recordOf(gateway.origin, idOf(answer))).toMatchObject({ status: 'ok' });
  expect((await chat()).status).toBe(200);
  expect(integrity()).toBe('ok');
});

it('takes no calls when its file has become read-only', async () => {
  expect((await chat()).status).toBe(200);
  database().pragma('query_only = 1');
  const refused = await chat();
  expect([refused.status, refused.json()]).toMatchObject([503, { error: { code: 'storage_unavailable' } }]);
  database().pragma('query_only = 0');
  await eventually(() => writer().health.state === 'ok');
  expect((await chat()).status).toBe(200);
});

describe('at a start', () => {
  const refusal = async (databasePath: string): Promise<string> => {
    const outcome = await startGateway({ DATABASE_PATH: databasePath }).then(
      async (started) => {
        await started.close();
        return 'it started';
      },
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    return outcome;
  };

  it('refuses a file that it must not write, and one that is in use', async () => {
    expect(await refusal(path)).toContain(`in use by another gateway, process ${process.pid}`);
    const copy = join(folder, 'copy.db');
    database().exec(`VACUUM INTO '${copy}'`);
    chmodSync(copy, 0o400);
    expect(await refusal(copy)).toContain('is read-only');
    chmodSync(copy, 0o600);
    expect(await refusal(copy)).toBe('it started');
  });
});
