import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { backAtBaseline } from './support/baseline.js';
import { eventually, get, post, recordOf, type ErrorShape } from './support/clients.js';
import { RawClient, sendRaw } from './support/raw-client.js';
import { startGateway, type RunningGateway } from './support/start-gateway.js';
import { startSimulator, type Simulator } from './support/start-simulator.js';

interface Echo {
  readonly method: string;
  readonly url: string;
  readonly body: { readonly sha256: string; readonly length: number };
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

describe('the raw road', () => {
  let simulator: Simulator;
  let gateway: RunningGateway;

  beforeAll(async () => {
    simulator = await startSimulator();
    gateway = await startGateway({ AI_GATEWAY_UPSTREAM: simulator.url, AI_GATEWAY_RETRY_DELAY_MS: '1' });
  });
  afterAll(async () => {
    await gateway.close();
    await simulator.close();
  });
  beforeEach(() => simulator.reset());
  afterEach(() => backAtBaseline(gateway));

  /** A request line as it is: `fetch` would tidy up the path. */
  async function requestTarget(target: string, method = 'GET'): Promise<number | undefined> {
    const [answer] = await sendRaw(
      gateway.origin,
      `${method} ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`,
    );
    return answer?.status;
  }

  it.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND'])(
    'passes %s with path and query',
    async (method) => {
      const body = ['GET', 'OPTIONS'].includes(method) ? undefined : randomBytes(100);
      const response = await fetch(`${gateway.url}/echo/a%2Fb/c.d?x=1&y=a%20b&x=2`, { method, ...(body && { body }) });

      const echo = (await response.json()) as Echo;
      expect(response.status).toBe(200);
      expect(echo).toMatchObject({ method, url: '/v1/echo/a%2Fb/c.d?x=1&y=a%20b&x=2' });
      expect(echo.body).toEqual({ sha256: sha256(body ?? Buffer.alloc(0)), length: body?.length ?? 0 });
      const record = await recordOf(gateway.origin, response.headers.get('x-request-id') ?? '');
      expect(record).toMatchObject({ model: null, status: 'ok', costUsd: 0, usageSource: 'none' });
    },
  );

  it('passes HEAD, and 204 without a body', async () => {
    const head = await fetch(`${gateway.url}/echo/x`, { method: 'HEAD' });
    expect(head.status).toBe(200);
    expect(Number(head.headers.get('content-length'))).toBeGreaterThan(0);

    const noContent = await fetch(`${gateway.url}/echo/x?status=204`, { method: 'DELETE' });
    expect(noContent.status).toBe(204);
    expect(await noContent.text()).toBe('');
  });

  it('streams bytes up and down, whatever they are', async () => {
    const content = randomBytes(3_000_000);
    const form = new FormData();
    form.append('purpose', 'user_data');
    form.append('file', new Blob([content]), 'noise.bin');
    const uploaded = (await (await fetch(`${gateway.url}/files`, { method: 'POST', body: form })).json()) as {
      id: string;
    };

    const response = await fetch(`${gateway.url}/files/${uploaded.id}/content`);

    expect(response.headers.get('content-type')).toBe('application/octet-stream');
    expect(response.headers.get('content-length')).toBe('3000000');
    expect(sha256(new Uint8Array(await response.arrayBuffer()))).toBe(sha256(content));
  });

  it('sends an upload on while it is still being sent, and its answer while the upload goes on', async () => {
    const upload = httpRequest(`${gateway.url}/echo`, { method: 'POST' });
    upload.write('first half');
    const call = await simulator.waitFor(() => true);
    expect(call.bodyReadAt).toBeNull();

    upload.end(' second half');
    const [response] = (await once(upload, 'response')) as [IncomingMessage];
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    expect(JSON.parse(Buffer.concat(chunks).toString())).toMatchObject({
      body: { sha256: sha256(Buffer.from('first half second half')) },
    });
  });

  it('passes an event stream on event by event, none held back', async () => {
    simulator.script('/v1/threads/*', { sse: ['data: 1\n\n', 'data: 2\n\n', 'data: 3\n\n'], stallAfterEvents: 2 });
    const client = await RawClient.connect(gateway.origin);
    client.send('GET /v1/threads/t1/events HTTP/1.1\r\nHost: a\r\n\r\n');

    const received = await client.until('data: 2\n\n');

    expect(received).toContain('Content-Type: text/event-stream');
    client.reset();
  });

  it('passes ranges, conditions and their answers', async () => {
    simulator.script('/v1/files/f1/content', {
      status: 206,
      bytes: Buffer.from('bcd'),
      contentType: 'application/octet-stream',
      headers: { 'content-range': 'bytes 1-3/9', 'accept-ranges': 'bytes', etag: '"v1"' },
    });
    const partial = await get(`${gateway.url}/files/f1/content`, { range: 'bytes=1-3' });
    expect(partial.status).toBe(206);
    expect(partial.text).toBe('bcd');
    expect(Object.fromEntries(partial.headers)).toMatchObject({
      'content-range': 'bytes 1-3/9',
      'accept-ranges': 'bytes',
      etag: '"v1"',
    });
    expect(simulator.calls()[0]?.headers.range).toBe('bytes=1-3');

    simulator.script('/v1/files/f1', { status: 304 });
    const unchanged = await get(`${gateway.url}/files/f1`, { 'if-none-match': '"v1"' });
    expect(unchanged.status).toBe(304);
    expect(simulator.calls()[1]?.headers['if-none-match']).toBe('"v1"');
  });

  it.each([
    '/v1/../__outside',
    '/v1/files/../../__outside',
    '/v1/%2e%2e/__outside',
    '/v1/%2E%2E/__outside',
    '/v1/.%2e/__outside',
    String.raw`/v1/..\__outside`,
    String.raw`/v1/files\..\..\__outside`,
    '/V1/../__outside',
    '/v1/files/%2e%2e/%2e%2e/__outside',
    '/v1/./../__outside',
    '/v1//../../__outside',
  ])('never leaves the base URL: %s', async (target) => {
    const status = await requestTarget(target);

    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(simulator.calls()).toEqual([]);
  });

  it.each([
    '/v1/files/..%2f..%2f__inside',
    '/v1/files/a%5c..%5c..%5c__inside',
    '/v1/@evil.test/__inside',
    '/v1/:8080/x',
  ])('keeps what only looks like a way out below the base URL: %s', async (target) => {
    await requestTarget(target);

    expect(simulator.calls().map(({ path }) => path)).toEqual([target]);
  });

  it('takes the other methods of listed paths, and refuses what nobody knows', async () => {
    const targets: readonly (readonly [string, string])[] = [
      ['GET', '/v1/chat/completions?limit=2'],
      ['GET', '/v1/chat/completions/chatcmpl-1'],
      ['POST', '/v1/chat/completions/chatcmpl-1'],
      ['DELETE', '/v1/chat/completions/chatcmpl-1'],
      ['GET', '/v1/responses/resp_1'],
      ['POST', '/v1/responses/resp_1/cancel'],
      ['DELETE', '/v1/responses/resp_1'],
      ['DELETE', '/v1/models/ft:gpt-4o:org::1'],
      ['GET', '/v1/realtime/sessions'],
    ];
    for (const [method, target] of targets) await requestTarget(target, method);
    expect(simulator.calls().map(({ method, path }) => [method, path])).toEqual(targets);

    expect(await requestTarget('/v1/chat/completions', 'DELETE')).toBe(405);
    expect(simulator.calls()).toHaveLength(targets.length);
  });

  it('normalises errors, refuses redirects, and repeats what has no body', async () => {
    const missing = await get(`${gateway.url}/files/none`);
    expect(missing.status).toBe(404);
    expect(missing.headers.get('x-error-source')).toBe('upstream');
    expect(missing.json<ErrorShape>().error).toMatchObject({
      message: 'No such file: none',
      type: 'invalid_request_error',
    });

    simulator.script('/v1/files/moved', { redirectTo: '/v1/echo' });
    const moved = await get(`${gateway.url}/files/moved`);
    expect(moved.status).toBe(502);
    expect(moved.json<ErrorShape>().error.code).toBe('upstream_redirect_refused');

    simulator.script('/v1/files', { status: 503, times: 2 });
    expect((await get(`${gateway.url}/files`)).headers.get('x-gateway-attempts')).toBe('3');

    simulator.script('/v1/files', { status: 503 });
    const upload = await post(`${gateway.url}/files`, '{}');
    expect(upload.status).toBe(503);
    expect(upload.headers.get('x-gateway-attempts')).toBe('1');
  });

  it('breaks off where the upstream breaks off, and says so before anything went out', async () => {
    simulator.script('/v1/files/f1/content', {
      bytes: randomBytes(100_000),
      reset: 'mid-body',
      contentType: 'application/octet-stream',
    });
    await expect(fetch(`${gateway.url}/files/f1/content`).then((response) => response.arrayBuffer())).rejects.toThrow();

    simulator.script('/v1/files/f1', { reset: 'before-headers', times: 'forever' });
    const answer = await get(`${gateway.url}/files/f1`);
    expect(answer.status).toBe(502);
    expect(answer.json<ErrorShape>().error.code).toBe('upstream_reset');
  });

  it('relays an early refusal of an upload', async () => {
    simulator.script('/v1/files', { status: 413, earlyAnswer: 'linger' });
    const client = await RawClient.connect(gateway.origin);
    client.send('POST /v1/files HTTP/1.1\r\nHost: a\r\nContent-Length: 5000000\r\n\r\n');
    client.send(Buffer.alloc(100_000));

    await client.until('\r\n\r\n');

    expect(client.received).toMatch(/^HTTP\/1.1 413 /);
    client.reset();
    await eventually(() => simulator.calls().every(({ ending }) => ending !== 'open'));
  });
});
