import { connect } from 'node:net';
import { once } from 'node:events';
import { aChatRequest, eventually, get, post } from './support/clients.js';
import { startGateway, type RunningGateway } from './support/start-gateway.js';
import { startSimulator, type Simulator } from './support/start-simulator.js';

const SAMPLE = /^([a-zA-Z_:][\w:]*)(?:\{((?:\w+="(?:[^"\\]|\\.)*",?)*)\})? (-?[\d.e+-]+|Nan|[+-]Inf)$/;

/** The samples of a scrape by name and labels; refuses what Prometheus could not read. */
async function scrape(gateway: RunningGateway): Promise<Map<string, number>> {
  const { status, headers, text } = await get(`${gateway.origin}/metrics`);
  expect([status, headers.get('content-type')]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
  const samples = new Map<string, number>();
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('# HELP ') || line.startsWith('# TYPE ')) continue;
    const [, name, labels = '', value] = SAMPLE.exec(line) ?? [];
    if (name === undefined) throw new Error(`no sample: ${line}`);
    const key = `${name}{${labels
      .split(/,(?=\w+=")/)
      .toSorted()
      .join()}}`;
    if (samples.has(key)) throw new Error(`twice: ${key}`);
    samples.set(key, Number(value));
  }
  return samples;
}

describe('GET /metrics', () => {
  let simulator: Simulator;
  let gateway: RunningGateway;

  beforeEach(async () => {
    simulator = await startSimulator();
    gateway = await startGateway({
      AI_GATEWAY_UPSTREAM: simulator.url,
      AI_GATEWAY_PRICES: '{"gpt-4o":{"input":2.5,"output":10}}',
      AI_GATEWAY_RETRY_ATTEMPTS: '2',
    });
  });
  afterEach(async () => {
    await gateway.close();
    await simulator.close();
  });

  const chat = (more: Parameters<typeof aChatRequest>[0] = {}, headers: Record<string, string> = {}) =>
    post(`${gateway.url}/chat/completions`, aChatRequest(more), { headers });

  it('counts answers by endpoint, status and code, and times them', async () => {
    await chat();
    await chat({ stream: true });
    await post(`${gateway.url}/chat/completions`, 'no JSON');
    await get(`${gateway.origin}/api/nothing`);
    const samples = await scrape(gateway);
    const requests = (labels: string) => samples.get(`ai_gateway_requests_total{${labels}}`);
    expect(requests('code="",endpoint="/v1/chat/completions",status="2xx"')).toBe(2);
    expect(requests('code="invalid_json",endpoint="/v1/chat/completions",status="4xx"')).toBe(1);
    expect(requests('code="not_found",endpoint="unmatched",status="4xx"')).toBe(1);
    const chats = 'endpoint="/v1/chat/completions"';
    expect(samples.get(`ai_gateway_request_duration_seconds_count{${chats},stream="true"}`)).toBe(1);
    expect(samples.get(`ai_gateway_request_duration_seconds_count{${chats},stream="false"}`)).toBe(2);
    for (const stream of ['true', 'false']) {
      expect(samples.get(`ai_gateway_time_to_first_event_seconds_count{stream="${stream}",upstream="default"}`)).toBe(
        1,
      );
    }
    expect(samples.get('ai_gateway_overhead_seconds_count{}')).toBe(2);
  });

  it('adds up tokens and money as the answers had them', async () => {
    const { usage } = (await chat()).json<{ usage: { prompt_tokens: number; completion_tokens: number } }>();
    const samples = await scrape(gateway);
    const labels = 'model="gpt-4o",upstream="default"';
    expect(samples.get(`ai_gateway_tokens_total{kind="input",${labels}}`)).toBe(usage.prompt_tokens);
    expect(samples.get(`ai_gateway_tokens_total{kind="output",${labels}}`)).toBe(usage.completion_tokens);
    const costUsd = (usage.prompt_tokens * 2.5 + usage.completion_tokens * 10) / 1e6;
    expect(samples.get(`ai_gateway_cost_usd_total{${labels}}`)).toBeCloseTo(costUsd, 9);
  });

  it('counts tries, retries and what the upstream said', async () => {
    simulator.script('*', { status: 503 }, { status: 429 }, {});
    expect((await chat()).status).toBe(200);
    const samples = await scrape(gateway);
    const tries = (outcome: string) =>
      samples.get(`ai_gateway_upstream_tries_total{outcome="${outcome}",upstream="default"}`);
    expect([tries('status_503'), tries('status_429'), tries('ok'), tries('aborted')]).toEqual([1, 1, 1, undefined]);
    expect(samples.get('ai_gateway_upstream_retries_total{reason="after_failure",upstream="default"}')).toBe(2);
  });

  it('shows the health of each upstream and what is in flight', async () => {
    const before = await scrape(gateway);
    expect(before.get('ai_gateway_upstream_health{state="unknown",upstream="default"}')).toBe(1);
    await chat();
    simulator.script('*', { headersAfterMs: 60_000 });
    const leaving = new AbortController();
    const call = fetch(`${gateway.url}/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(aChatRequest()),
      signal: leaving.signal,
    });
    await simulator.waitFor(({ model }) => model === 'gpt-4o' && simulator.totalCalls === 2);
    const during = await scrape(gateway);
    expect(during.get('ai_gateway_upstream_health{state="ok",upstream="default"}')).toBe(1);
    expect(during.get('ai_gateway_upstream_in_flight{upstream="default"}')).toBe(1);
    expect(during.get('ai_gateway_calls_in_flight{}')).toBe(1);
    leaving.abort();
    await expect(call).rejects.toThrow();
    await eventually(async () => (await scrape(gateway)).get('ai_gateway_calls_in_flight{}') === 0);
    const code = 'code="client_closed_request",endpoint="/v1/chat/completions",status="4xx"';
    expect((await scrape(gateway)).get(`ai_gateway_requests_total{${code}}`)).toBe(1);
  });

  it('keeps its labels few, whatever models and codes come', async () => {
    const before = (await scrape(gateway)).size;
    for (let index = 0; index < 300; index += 1) {
      const fails = index % 2 === 0;
      if (fails) simulator.script('*', { status: 400, error: { code: `code-${index}` } });
      await chat({ model: `random-${index}`, max_tokens: 1 });
    }
    const samples = await scrape(gateway);
    const models = new Set<string>();
    for (const key of samples.keys()) {
      const [, model] = /model="([^"]*)"/.exec(key) ?? [];
      if (model !== undefined) models.add(model);
      expect(key).not.toContain('code-298');
    }
    expect(models.size).toBe(101);
    expect(models).toContain('other');
    expect(samples.size - before).toBeLessThan(600);
  });

  it('counts connections whose bytes are no request', async () => {
    const socket = connect(Number(new URL(gateway.origin).port), '127.0.0.1');
    socket.end('NONSENSE\r\n\r\n');
    socket.resume();
    await once(socket, 'close');
    const samples = await scrape(gateway);
    expect(samples.get('ai_gateway_client_errors_total{reason="bad_request"}')).toBe(1);
  });

  it('tells of the process and the store', async () => {
    const samples = await scrape(gateway);
    expect(samples.get('process_resident_memory_bytes{}')).toBeGreaterThan(1e6);
    expect(samples.has('nodejs_eventloop_lag_p99_seconds{}')).toBe(true);
    expect(samples.get('ai_gateway_storage_state{state="ok"}')).toBe(1);
    expect(samples.get('ai_gateway_ledger_rows_waiting{}')).toBe(0);
  });
});

it('shows the metrics to administrators only', async () => {
  const gateway = await startGateway({ AI_GATEWAY_ADMIN_KEY: 'the-admin-key-of-this-very-test' });
  const status = async (key?: string) =>
    (await get(`${gateway.origin}/metrics`, key === undefined ? {} : { authorization: `Bearer ${key}` })).status;
  expect(await status()).toBe(401);
  expect(await status('sk-somebody-elses-own-key')).toBe(403);
  expect(await status('the-admin-key-of-this-very-test')).toBe(200);
  await gateway.close();
});

it('keeps the metrics of two gateways in one process apart', async () => {
  const [one, other] = [await startGateway(), await startGateway()];
  await post(`${one.url}/chat/completions`, aChatRequest({ model: 'demo' }));
  const answered = 'ai_gateway_requests_total{code="",endpoint="/v1/chat/completions",status="2xx"}';
  expect((await scrape(one)).get(answered)).toBe(1);
  expect((await scrape(other)).get(answered)).toBeUndefined();
  await one.close();
  await other.close();
});
