import { backAtBaseline } from './support/baseline.js';
import { aChatRequest, post, recordOf, type Answer, type ErrorShape } from './support/clients.js';
import { startGateway, type RunningGateway } from './support/start-gateway.js';
import {
  startSimulator,
  UPSTREAM_FAULTS,
  type Behaviour,
  type Simulator,
  type SimulatorCall,
} from './support/start-simulator.js';

/** A name of its own for each test: retries to one upstream are bounded over all its calls. */
const UPSTREAMS = Array.from({ length: 40 }, (_, index) => `up${index}`);

describe('retries', () => {
  let simulator: Simulator;
  let gateway: RunningGateway;
  let upstream = 0;

  beforeAll(async () => {
    simulator = await startSimulator();
    gateway = await startGateway({
      AI_GATEWAY_UPSTREAMS: UPSTREAMS.map((name) => `${name}=${simulator.url}`).join(','),
    });
  });
  afterAll(async () => {
    await gateway.close();
    await simulator.close();
  });
  beforeEach(() => {
    simulator.reset();
    upstream += 1;
  });
  afterEach(() => backAtBaseline(gateway, UPSTREAMS));

  function call(more: object = {}, { url } = gateway): Promise<Answer> {
    return post(`${url}/chat/completions`, { ...aChatRequest({ model: `up${upstream}/gpt-4o` }), ...more });
  }

  /** Answers first in one way, then as usual. */
  function scriptFirst(behaviour: Behaviour): void {
    simulator.script('*', behaviour);
  }

  it.each([408, 429, 500, 502, 503, 504, 529])('repeats a call answered with %i', async (status) => {
    scriptFirst({ status });

    const answer = await call();

    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-gateway-attempts')).toBe('2');
    const { tries, attempts } = await recordOf(gateway.origin, answer.headers.get('x-request-id') ?? '');
    expect(attempts).toBe(2);
    expect(tries).toMatchObject([
      { httpStatus: status, error: { code: expect.any(String) as unknown } },
      { httpStatus: 200, error: null },
    ]);
  });

  it.each([400, 401, 403, 404, 409, 413, 418, 422, 501])('does not repeat a call answered with %i', async (status) => {
    scriptFirst({ status });

    const answer = await call();

    expect(answer.status).toBe(status);
    expect(answer.headers.get('x-gateway-attempts')).toBe('1');
    expect(simulator.calls()).toHaveLength(1);
  });

  it('ends after as many retries as are configured, and tells SDKs not to add theirs', async () => {
    simulator.script('*', { status: 503, times: 'forever' });

    const answer = await call();

    expect(answer.status).toBe(503);
    expect(simulator.calls()).toHaveLength(4);
    expect(answer.headers.get('x-gateway-attempts')).toBe('4');
    expect(answer.headers.get('x-should-retry')).toBe('false');
  });

  it('without retries makes one call, and leaves retrying to the client', async () => {
    const single = await startGateway({ AI_GATEWAY_UPSTREAM: simulator.url, AI_GATEWAY_RETRY_ATTEMPTS: '0' });
    scriptFirst({ status: 503 });

    const answer = await call({ model: 'gpt-4o' }, single);

    expect(answer.status).toBe(503);
    expect(simulator.calls()).toHaveLength(1);
    expect(answer.headers.get('x-should-retry')).toBeNull();
    await single.close();
  });

  it('says at once that an exhausted quota cannot be helped', async () => {
    scriptFirst(UPSTREAM_FAULTS.insufficientQuota);

    const answer = await call();

    expect(answer.status).toBe(429);
    expect(answer.headers.get('x-should-retry')).toBe('false');
    expect(answer.json<ErrorShape>().error).toMatchObject({ type: 'insufficient_quota', code: 'insufficient_quota' });
    expect(simulator.calls()).toHaveLength(1);
  });

  it('come no earlier than Retry-After says: in seconds, as a date, in milliseconds', async () => {
    simulator.script('seconds', { status: 429, retryAfter: { seconds: 1 } });
    simulator.script('date', { status: 429, retryAfter: { dateInMs: 2_000 } });
    simulator.script('ms', { status: 429, retryAfter: { ms: 300 } });

    const answers = await Promise.all(
      ['seconds', 'date', 'ms'].map((model) => call({ model: `up${upstream}/${model}` })),
    );

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    // A date has no parts of a second: two seconds ahead is at least one.
    expect(waitOf('seconds')).toBeGreaterThanOrEqual(1_000);
    expect(waitOf('date')).toBeGreaterThanOrEqual(1_000);
    expect(waitOf('ms')).toBeGreaterThanOrEqual(300);
  });

  function waitOf(model: string): number {
    const [first, second] = simulator.calls((one) => one.model === model) as [SimulatorCall, SimulatorCall];
    return second.arrivedAt.monotonicMs - (first.endedAt?.monotonicMs ?? Infinity);
  }

  it('end where the upstream asks for more patience than 30 s; the client may come back then', async () => {
    simulator.script('*', { status: 429, retryAfter: { seconds: 31 }, times: 'forever' });

    const answer = await call();

    expect(answer.status).toBe(429);
    expect(simulator.calls()).toHaveLength(1);
    expect(answer.headers.get('retry-after')).toBe('31');
    expect(answer.headers.get('retry-after-ms')).toBe('31000');
    expect(answer.headers.get('x-should-retry')).toBeNull();
  });

  it('end where the wait would pass the deadline', async () => {
    const hasty = await startGateway({ AI_GATEWAY_UPSTREAM: simulator.url, AI_GATEWAY_TIMEOUT_MS: '2000' });
    simulator.script('*', { status: 429, retryAfter: { seconds: 5 }, times: 'forever' });

    const answer = await call({ model: 'gpt-4o' }, hasty);

    expect(answer.status).toBe(429);
    expect(simulator.calls()).toHaveLength(1);
    expect(answer.headers.get('retry-after')).toBe('5');
    expect(answer.headers.get('x-should-retry')).toBeNull();
    await hasty.close();
  });

  it('stay within the budget of the upstream while everything fails', async () => {
    simulator.script('*', { status: 503, times: 'forever' });

    const answers = await Promise.all(Array.from({ length: 200 }, () => call()));

    expect(answers.every(({ status }) => status === 503)).toBe(true);
    // At most max(10, 10 % of 200) retries.
    expect(simulator.calls().length).toBeLessThanOrEqual(220);
    const unspent = answers.filter(({ headers }) => headers.get('x-should-retry') !== 'false');
    expect(unspent).toEqual([]);
  });

  it('of one upstream do not use up those of another', async () => {
    simulator.script('*', { status: 503, times: 100 });
    await Promise.all(Array.from({ length: 20 }, () => call()));
    simulator.reset();
    upstream += 1;
    scriptFirst({ status: 503 });

    expect((await call()).status).toBe(200);
  });

  it.each([
    ['one that is reset when used again', UPSTREAM_FAULTS.resetOfReusedSocket],
    ['one that was closed while idle', UPSTREAM_FAULTS.idleSocketsClosed],
  ])('of a stale socket are free: %s', async (_name, fault) => {
    // A socket that has served a call, and stays.
    await call();
    simulator.reset();
    scriptFirst(fault);

    const answers = [await call(), await call()];

    for (const answer of answers) {
      expect(answer.status).toBe(200);
      expect(answer.headers.get('x-gateway-attempts')).toBe('1');
      const record = await recordOf(gateway.origin, answer.headers.get('x-request-id') ?? '');
      expect(record.attempts).toBe(1);
      const counted = record.tries.filter(({ free }) => free !== true);
      expect(counted).toHaveLength(1);
    }
  });

  it('do not follow a broken certificate, and nobody else should retry it', async () => {
    const secure = await startSimulator({ tls: 'self-signed' });
    const other = await startGateway({ AI_GATEWAY_UPSTREAM: secure.url });

    const answer = await call({ model: 'gpt-4o' }, other);

    expect(answer.status).toBe(502);
    expect(answer.json<ErrorShape>().error.code).toBe('upstream_tls_error');
    expect(answer.headers.get('x-gateway-attempts')).toBe('1');
    expect(answer.headers.get('x-should-retry')).toBe('false');
    expect(secure.calls()).toEqual([]);
    await other.close();
    await secure.close();
  });

  it('reach an upstream that comes up in between', async () => {
    const gone = await startSimulator();
    const { url } = gone;
    await gone.close();
    const patient = await startGateway({
      AI_GATEWAY_UPSTREAM: url,
      AI_GATEWAY_RETRY_DELAY_MS: '200',
      AI_GATEWAY_RETRY_ATTEMPTS: '10',
    });

    const answering = call({ model: 'gpt-4o' }, patient);
    const back = await startSimulator({ port: Number(new URL(url).port) });

    expect((await answering).status).toBe(200);
    await patient.close();
    await back.close();
  });
});
