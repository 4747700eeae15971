import { Module } from '@nestjs/common';
import { LogStream } from '../src/observability/log-stream.js';
import { aChatRequest, eventually, get, post } from './support/clients.js';
import { startGatewayProcess } from './support/start-gateway-process.js';
import { startGateway, type RunningGateway } from './support/start-gateway.js';
import { startSimulator, type Simulator } from './support/start-simulator.js';

type Line = Readonly<Record<string, unknown>>;

const SECRET_TEXT = 'the-secret-plan-of-operation-walrus';
const CLIENT_KEY = 'sk-proj-clientkey0123456789abcdefABCDEF';
const ADMIN_KEY = 'the-admin-key-of-this-very-test';
const UPSTREAM_KEY = 'sk-upstream-0123456789abcdefABCDEF';

/** A gateway whose log is kept here. */
async function startLogged(
  env: Readonly<Record<string, string>>,
): Promise<RunningGateway & { lines(): Line[]; text(): string }> {
  const written: string[] = [];
  @Module({ providers: [{ provide: LogStream, useValue: { write: (line: string) => void written.push(line) } }] })
  class KeptLog {}
  const gateway = await startGateway({ LOG_LEVEL: 'debug', ...env }, { modules: [KeptLog] });
  return { ...gateway, text: () => written.join(''), lines: () => written.map((line) => JSON.parse(line) as Line) };
}

describe('the log', () => {
  let simulator: Simulator;
  let gateway: Awaited<ReturnType<typeof startLogged>>;

  beforeEach(async () => {
    simulator = await startSimulator();
    gateway = await startLogged({
      AI_GATEWAY_UPSTREAM: simulator.url,
      AI_GATEWAY_PRICES: '{"gpt-4o":{"input":2.5,"output":10}}',
      AI_GATEWAY_RETRY_ATTEMPTS: '1',
      AI_GATEWAY_ADMIN_KEY: ADMIN_KEY,
      AI_GATEWAY_API_KEY: UPSTREAM_KEY,
    });
  });
  afterEach(async () => {
    await gateway.close();
    await simulator.close();
  });

  const requests = (): Line[] => gateway.lines().filter(({ event }) => event === 'request');
  const chat = (more: object = {}, headers: Record<string, string> = {}) =>
    post(`${gateway.url}/chat/completions`, aChatRequest(more), { headers });

  it('has one line for a call, with what there is to know of it', async () => {
    const answer = await chat({}, { authorization: `Bearer ${CLIENT_KEY}` });
    const usage = answer.json<{ usage: { prompt_tokens: number; completion_tokens: number } }>().usage;
    expect(requests()).toEqual([
      {
        level: 'info',
        time: expect.any(String),
        event: 'request',
        requestId: answer.headers.get('x-request-id'),
        method: 'POST',
        endpoint: '/v1/chat/completions',
        model: 'gpt-4o',
        servedModel: 'gpt-4o',
        upstream: 'default',
        route: 'default',
        keyId: expect.stringMatching(/^fp_/),
        status: 'ok',
        httpStatus: 200,
        stream: false,
        durationMs: expect.any(Number),
        ttftMs: expect.any(Number),
        overheadMs: expect.any(Number),
        attempts: 1,
        inputTokens: usage.prompt_tokens,
        outputTokens: usage.completion_tokens,
        usageSource: 'upstream',
        costUsd: answer.headers.get('x-cost-usd'),
      },
    ]);
  });

  it('never holds text of a request or an answer, nor a key', async () => {
    const messages = [{ role: 'user', content: `${SECRET_TEXT} ${CLIENT_KEY}` }];
    simulator.script('echo', { answer: `I repeat: ${SECRET_TEXT}` });
    simulator.script('fails', { status: 400, error: { message: `${SECRET_TEXT}: ${CLIENT_KEY}`, code: CLIENT_KEY } });
    simulator.script('broken', { rawResponse: `HTTP/1.1 200 OK\r\n\r\n${SECRET_TEXT}` });
    for (const headers of [{ authorization: `Bearer ${CLIENT_KEY}` }, { 'x-api-key': CLIENT_KEY }, {}]) {
      await chat({ model: 'echo', stream: true, messages }, headers);
      await chat({ model: 'fails', messages }, headers);
      await chat({ model: 'broken', messages }, headers);
    }
    await chat({ model: CLIENT_KEY, messages }, { 'x-request-id': CLIENT_KEY });
    await post(`${gateway.url}/chat/completions`, `{"${SECRET_TEXT}`);
    await post(`${gateway.url}/chat/completions`, aChatRequest(), { headers: { 'api-key': ADMIN_KEY } });
    await get(`${gateway.origin}/api/costs/${CLIENT_KEY}`, { authorization: `Bearer ${CLIENT_KEY}` });
    await get(`${gateway.origin}/api/users?key=${CLIENT_KEY}`, { authorization: `Bearer ${ADMIN_KEY}` });
    await get(`${gateway.origin}/${SECRET_TEXT}?${CLIENT_KEY}`);
    expect(requests().length).toBeGreaterThanOrEqual(15);
    for (const secret of [SECRET_TEXT, CLIENT_KEY, ADMIN_KEY, UPSTREAM_KEY])
      expect(gateway.text()).not.toContain(secret);
  });

  it('says how a call ended that was refused, failed or left', async () => {
    await post(`${gateway.url}/chat/completions`, 'no JSON');
    simulator.script('down', { status: 500, times: 'forever' });
    await chat({ model: 'down' });
    simulator.script('slow', { headersAfterMs: 60_000 });
    const leaving = new AbortController();
    const call = fetch(`${gateway.url}/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(aChatRequest({ model: 'slow' })),
      signal: leaving.signal,
    });
    await simulator.waitFor(({ model }) => model === 'slow');
    leaving.abort();
    await expect(call).rejects.toThrow();
    const lines = await eventually(() => requests().length === 3 && requests());
    expect(lines).toMatchObject([
      { status: 'rejected', httpStatus: 400, errorCode: 'invalid_json', level: 'info' },
      { status: 'failed', httpStatus: 500, attempts: 2, level: 'warn' },
      { status: 'aborted', httpStatus: 499, errorCode: 'client_closed_request', level: 'info' },
    ]);
  });

  it('has a line for every other request, by the pattern of its path and not by the path', async () => {
    const headers = { authorization: `Bearer ${ADMIN_KEY}` };
    await get(`${gateway.origin}/api/keys/key_of_somebody`, headers);
    await get(`${gateway.origin}/health`);
    await get(`${gateway.origin}/docs-json`);
    await get(`${gateway.origin}/nothing/here`);
    const lines = await eventually(() => requests().length === 4 && requests());
    expect(lines.map(({ endpoint, level, httpStatus }) => [endpoint, level, httpStatus])).toEqual([
      ['/api/keys/:id', 'info', 404],
      ['/health', 'debug', 200],
      ['/docs-json', 'debug', 200],
      ['unmatched', 'info', 404],
    ]);
    expect(gateway.text()).not.toContain('key_of_somebody');
  });

  it('tells of a page that was read and of a reader who left', async () => {
    const answer = await get(`${gateway.origin}/docs`);
    expect(answer.headers.get('x-request-id')).toMatch(/^req_/);
    const [line] = await eventually(() => requests().length === 1 && requests());
    expect(line).toMatchObject({ endpoint: '/docs', status: 'ok', httpStatus: 200 });
  });
});

it('leaves out probes, pages and the boot of the framework at the usual level', async () => {
  const gateway = await startLogged({ LOG_LEVEL: 'info' });
  await get(`${gateway.origin}/health`);
  await get(`${gateway.origin}/metrics`);
  await post(`${gateway.url}/chat/completions`, aChatRequest({ model: 'demo' }));
  await eventually(() => gateway.lines().some(({ event }) => event === 'request'));
  expect(gateway.lines().filter(({ event }) => event === 'request')).toMatchObject([
    { endpoint: '/v1/chat/completions' },
  ]);
  expect(gateway.text()).not.toMatch(/Mapped|dependencies initialized|Nest application/);
  await gateway.close();
});

it('goes on answering when nobody reads its output any more', async () => {
  const gateway = await startGatewayProcess({ LOG_LEVEL: 'debug' });
  gateway.child.stdout?.destroy();
  gateway.child.stderr?.destroy();
  for (let index = 0; index < 20; index += 1) {
    expect((await post(`${gateway.url}/chat/completions`, aChatRequest({ model: 'demo', max_tokens: 1 }))).status).toBe(
      200,
    );
  }
  expect(await gateway.kill()).toBe(0);
});

it('writes lines of JSON to the standard output of its process, all of them before it ends', async () => {
  const gateway = await startGatewayProcess({ LOG_LEVEL: 'info' });
  await post(`${gateway.url}/chat/completions`, aChatRequest({ model: 'demo', max_tokens: 1 }));
  expect(await gateway.kill()).toBe(0);
  const lines = gateway
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Line);
  expect(lines.filter(({ event }) => event === 'request')).toMatchObject([{ model: 'demo', status: 'ok' }]);
});
