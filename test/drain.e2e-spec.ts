import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aChatRequest, eventually, get, post, type Answer, type ErrorShape } from './support/clients.js';
import { RawClient, rawPost } from './support/raw-client.js';
import { startGatewayProcess, type GatewayProcess } from './support/start-gateway-process.js';
import { startSimulator, type Simulator } from './support/start-simulator.js';

// Each test starts processes, which takes seconds on a busy machine.
jest.setTimeout(60_000);

const STREAMS = 100;
const CHAT = { path: '/v1/chat/completions', body: aChatRequest({ stream: true }) };
const RESPONSES = { path: '/v1/responses', body: { model: 'gpt-4o', stream: true, input: 'Hi' } };
const MESSAGES = { path: '/v1/messages', body: { ...aChatRequest({ stream: true }), max_tokens: 99 } };

describe('a gateway that is told to stop', () => {
  let simulator: Simulator;
  const running = new Set<GatewayProcess>();

  beforeAll(async () => {
    simulator = await startSimulator();
  });
  afterAll(() => simulator.close());
  beforeEach(() => simulator.reset());
  afterEach(async () => {
    for (const gateway of running) if (gateway.child.exitCode === null) await gateway.kill('SIGKILL');
    running.clear();
  });

  async function start(env: Readonly<Record<string, string>> = {}): Promise<GatewayProcess> {
    const gateway = await startGatewayProcess({ AI_GATEWAY_UPSTREAM: simulator.url, ...env });
    running.add(gateway);
    return gateway;
  }

  function open(gateway: GatewayProcess, call: typeof CHAT | typeof RESPONSES, id?: string): Promise<Answer> {
    return post(gateway.origin + call.path, call.body, { headers: id === undefined ? {} : { 'x-request-id': id } });
  }

  it('lets every stream finish, and takes no new call meanwhile', async () => {
    const gateway = await start({ AI_GATEWAY_DRAIN_MS: '30000' });
    simulator.script('*', { answer: 'The sea is deep and wide.', eventEveryMs: 250, times: 'forever' });
    const keptAlive = await RawClient.connect(gateway.origin);
    keptAlive.send('GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n');
    await keptAlive.until('\r\n\r\n');
    const streams = Array.from({ length: STREAMS }, () => open(gateway, CHAT));
    await eventually(() => simulator.calls(({ firstEventAt }) => firstEventAt !== null).length === STREAMS, 15_000);

    const exit = gateway.kill('SIGTERM');
    await eventually(async () => (await get(`${gateway.origin}/health/ready`)).status === 503);
    const refused = await open(gateway, CHAT);
    keptAlive.send(rawPost('/v1/chat/completions', aChatRequest()));
    const [, refusedOnKeptAlive] = await keptAlive.whenClosed();

    expect(refused.status).toBe(503);
    expect(refused.json<ErrorShape>().error).toMatchObject({ type: 'overloaded_error', code: 'shutting_down' });
    expect(refused.headers.get('connection')).toBe('close');
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(refused.headers.get('x-should-retry')).toBeNull();
    expect(refusedOnKeptAlive).toMatchObject({ status: 503, headers: { connection: 'close' } });
    expect((await get(`${gateway.origin}/health/live`)).status).toBe(200);
    const answers = await Promise.all(streams);
    expect(answers.map(({ status }) => status)).toEqual(Array(STREAMS).fill(200));
    expect(answers.filter((answer) => answer.events().at(-1) !== '[DONE]')).toEqual([]);
    expect(await exit).toBe(0);
    expect(simulator.calls()).toHaveLength(STREAMS);
  });

  it('tells late streams so inside, answers late calls 503, and keeps their records', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'gateway-drain-'));
    const env = { DATABASE_PATH: join(folder, 'gateway.sqlite') };
    const gateway = await start({ ...env, AI_GATEWAY_DRAIN_MS: '300' });
    simulator.script('*', { stallAfterEvents: 6, times: 'forever' });
    simulator.script('slow', { headersAfterMs: 60_000, times: 'forever' });
    const calls = [CHAT, RESPONSES, MESSAGES, { ...CHAT, body: aChatRequest({ model: 'slow' }) }];
    const answering = calls.map((call, index) => open(gateway, call, `late-${index}`));
    await eventually(
      () => simulator.calls(({ eventsSent, model }) => eventsSent >= 6 || model === 'slow').length === 4,
    );

    expect(await gateway.kill('SIGTERM')).toBe(0);

    const [chat, responses, messages, buffered] = (await Promise.all(answering)) as [Answer, Answer, Answer, Answer];
    expect(JSON.parse(chat.events().at(-1) ?? '')).toMatchObject({ error: { code: 'shutting_down' } });
    expect(chat.text).not.toContain('[DONE]');
    expect(JSON.parse(responses.events().at(-1) ?? '')).toMatchObject({ type: 'error', code: 'shutting_down' });
    expect(JSON.parse(messages.events().at(-1) ?? '')).toMatchObject({
      type: 'error',
      error: { type: 'overloaded_error' },
    });
    expect(buffered.status).toBe(503);
    expect(buffered.json<ErrorShape>().error.code).toBe('shutting_down');
    await eventually(() => simulator.calls().every(({ ending }) => ending === 'aborted'));

    const next = await start(env);
    const records = await Promise.all(
      calls.map(async (_call, index) => (await get(`${next.origin}/api/requests/late-${index}`)).json()),
    );
    expect(records.map(({ status, attempts }) => [status, attempts])).toEqual([
      ['partial', 1],
      ['partial', 1],
      ['partial', 1],
      ['failed', 1],
    ]);
    expect(records[0]).toMatchObject({ usageSource: 'estimated' });
    await next.kill();
    await rm(folder, { recursive: true });
  });

  it('hurries at a second signal', async () => {
    const gateway = await start({ AI_GATEWAY_DRAIN_MS: '600000' });
    simulator.script('*', { stallAfterEvents: 2, times: 'forever' });
    const stream = open(gateway, CHAT);
    await simulator.waitFor(({ eventsSent }) => eventsSent === 2);

    const exit = gateway.kill('SIGINT');
    await eventually(async () => (await get(`${gateway.origin}/health/ready`)).status === 503);
    gateway.child.kill('SIGINT');

    expect(await exit).toBe(0);
    expect((await stream).text).toContain('shutting_down');
  });

  it('leaves at once when nothing is under way, whoever keeps a connection open', async () => {
    const gateway = await start({ AI_GATEWAY_DRAIN_MS: '600000' });
    const idle = await RawClient.connect(gateway.origin);

    expect(await gateway.kill('SIGTERM')).toBe(0);
    await idle.whenClosed();
    expect(gateway.output()).not.toMatch(/error|warn.*drain/i);
  });

  it('says one sentence when its port is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as { port: number };

    const starting = start({ PORT: String(port) });

    await expect(starting).rejects.toThrow(
      `PORT=${port}: another program listens on 127.0.0.1:${port} already. Stop it, or set PORT to a free port (0 takes any).`,
    );
    const output = String(await starting.catch((error: unknown) => error));
    expect(output).toContain('exited with 1');
    expect(output).not.toMatch(/\n\s+at |EADDRINUSE/);
    other.close();
  });
});
