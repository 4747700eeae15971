import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli, type CliResult } from './support/run-cli.js';
import { startGateway, type RunningGateway } from './support/start-gateway.js';

// Every step is a process of its own.
jest.setTimeout(60_000);

const ADMIN_KEY = 'the-admin-key-of-this-very-test';
const KEY = /gw-[\w-]{40}/g;

type Json = Readonly<Record<string, unknown>>;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cli-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function chat(gateway: RunningGateway, key: string): Promise<number> {
  const answer = await fetch(`${gateway.url}/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'demo', messages: [{ role: 'user', content: 'Hello' }] }),
  });
  await answer.text();
  return answer.status;
}

async function trail(gateway: RunningGateway): Promise<Json[]> {
  const headers = { authorization: `Bearer ${ADMIN_KEY}` };
  const answer = await fetch(`${gateway.origin}/api/audit`, { headers });
  return ((await answer.json()) as { data: Json[] }).data;
}

async function walk(run: (...args: string[]) => Promise<CliResult>): Promise<{ id: string; key: string }> {
  const made = await run('keys', 'create', '--name', 'CLI key', '--budget', '5/day', '--models', 'demo', '--rpm', '9');
  expect([made.code, made.stderr]).toEqual([0, '']);
  const [key = '', ...more] = made.stdout.match(KEY) ?? [];
  expect([key.length, more]).toEqual([43, []]);
  expect(made.stdout).toContain('5 USD a day');
  const id = /key_[\w-]+/.exec(made.stdout)?.[0] ?? '';

  const list = await run('keys', 'list');
  expect(list.code).toBe(0);
  expect(list.stdout).toContain(id);
  expect(list.stdout).toContain(`gw-…${key.slice(-4)}`);
  expect(list.stdout).not.toContain(key);
  const { stdout } = await run('keys', 'list', '--json');
  expect(JSON.parse(stdout)).toMatchObject([{ id, name: 'CLI key', budgetUsd: 5, models: ['demo'], rpm: 9 }]);
  return { id, key };
}

describe('keys of the running gateway', () => {
  let gateway: RunningGateway;

  beforeEach(async () => {
    gateway = await startGateway({ AI_GATEWAY_ADMIN_KEY: ADMIN_KEY, AI_GATEWAY_ACCESS: 'keys' });
  });
  afterEach(() => gateway.close());

  it('are made, listed and disabled, at GATEWAY_URL', async () => {
    const env = { GATEWAY_URL: gateway.origin, AI_GATEWAY_ADMIN_KEY: ADMIN_KEY };
    const run = (...args: string[]): Promise<CliResult> => runCli(args, env, folder);
    const { id, key } = await walk(run);
    expect(await chat(gateway, key)).toBe(200);
    expect(await run('keys', 'disable', id)).toMatchObject({ code: 0, stderr: '' });
    expect(await chat(gateway, key)).toBe(401);
    expect((await trail(gateway)).map(({ action, actor }) => [action, actor])).toEqual([
      ['key.update', 'admin key'],
      ['key.create', 'admin key'],
    ]);
  });

  it('are made where PORT says that the gateway is', async () => {
    const env = { PORT: new URL(gateway.origin).port, AI_GATEWAY_ADMIN_KEY: ADMIN_KEY };
    expect(await runCli(['keys', 'list'], env, folder)).toMatchObject({ code: 0 });
  });

  it.each([{}, { AI_GATEWAY_ADMIN_KEY: 'another-key-that-is-not-it' }])(
    'are not for callers with %j, who are told what to do',
    async (env) => {
      const result = await runCli(['keys', 'list'], { GATEWAY_URL: gateway.origin, ...env }, folder);
      expect([result.code, result.stdout]).toEqual([1, '']);
      expect(result.stderr).toContain('AI_GATEWAY_ADMIN_KEY');
      for (const value of Object.values(env)) expect(result.stderr).not.toContain(value);
    },
  );

  it('are refused in the words of the API', async () => {
    const env = { GATEWAY_URL: gateway.origin, AI_GATEWAY_ADMIN_KEY: ADMIN_KEY };
    const result = await runCli(['keys', 'disable', 'key_nothing'], env, folder);
    expect(result).toEqual({ code: 1, stdout: '', stderr: "There is no key 'key_nothing'.\n" });
  });
});

describe('keys in the file of a gateway that does not run', () => {
  // Nothing can listen on a port that every process may be refused: PORT=0 is not looked for.
  const env = (): Record<string, string> => ({ PORT: '0', DATABASE_PATH: join(folder, 'gateway.db') });

  it('are known to the gateway that starts later', async () => {
    const run = (...args: string[]): Promise<CliResult> => runCli(args, env(), folder);
    const { id, key } = await walk(run);
    const other = /gw-[\w-]{40}/.exec((await run('keys', 'create', '--name', 'off')).stdout)?.[0] ?? '';
    const [first] = JSON.parse((await run('keys', 'list', '--json')).stdout) as { id: string }[];
    expect(await run('keys', 'disable', first?.id ?? '')).toMatchObject({ code: 0, stderr: '' });
    const gateway = await startGateway({ ...env(), AI_GATEWAY_ADMIN_KEY: ADMIN_KEY, AI_GATEWAY_ACCESS: 'keys' });
    expect(await chat(gateway, key)).toBe(200);
    expect(await chat(gateway, other)).toBe(401);
    expect((await trail(gateway)).at(-1)).toMatchObject({ actor: 'command line', action: 'key.create', target: id });
    await gateway.close();
  });

  it('are not made in a file that a gateway has, which is named', async () => {
    const gateway = await startGateway(env());
    const result = await runCli(['keys', 'list'], env(), folder);
    expect([result.code, result.stdout]).toEqual([1, '']);
    expect(result.stderr).toContain(`process ${process.pid}`);
    await gateway.close();
  });

  it('follow the rules of the API', async () => {
    const result = await runCli(['keys', 'create', '--name', 'A', '--budget', '99999999'], env(), folder);
    expect(result).toMatchObject({ code: 1, stdout: '' });
    expect(result.stderr).toContain('BudgetUsd is an amount in USD');
  });
});

it('says what to do when there is neither a gateway nor a file', async () => {
  const result = await runCli(['keys', 'list'], { PORT: '0' }, folder);
  expect([result.code, result.stdout]).toEqual([1, '']);
  expect(result.stderr).toContain('DATABASE_PATH');
});

it('answers wrong input with one sentence and exit code 2, and help with 0', async () => {
  const wrong = await runCli(['keys', 'create', '--name', 'A', '--budget', 'lots'], {}, folder);
  expect([wrong.code, wrong.stdout, wrong.stderr.trim().split('\n').length]).toEqual([2, '', 1]);
  const help = await runCli([], {}, folder);
  expect([help.code, help.stderr]).toEqual([0, '']);
  expect(help.stdout).toContain('keys create --name');
});
