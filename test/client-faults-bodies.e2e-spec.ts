import { backAtBaseline } from './support/baseline.js';
import { aChatRequest, get, post } from './support/clients.js';
import { rawPost, sendRaw } from './support/raw-client.js';
import { startGateway, type RunningGateway } from './support/start-gateway.js';
import { startSimulator, type Simulator } from './support/start-simulator.js';

const MESSAGES = '"messages":[{"role":"user","content":"Hi"}]';
const VALID = `{"model":"gpt-4o",${MESSAGES}}`;
const JSON_TYPE = 'application/json';

interface Row {
  readonly name: string;
  readonly body: string | Uint8Array;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

interface RefusedRow extends Row {
  readonly code: string;
  readonly status?: 415;
  readonly param?: string;
}

const invalidJson = (name: string, body: string | Uint8Array): RefusedRow => ({ name, body, code: 'invalid_json' });
const invalidUtf8 = (name: string, bytes: readonly number[]): RefusedRow => ({
  name,
  body: Buffer.concat([Buffer.from('{"model":"gpt-4o","user":"'), Buffer.from(bytes), Buffer.from('"}')]),
  code: 'invalid_utf8',
});
const tooDeep = (name: string, body: string): RefusedRow => ({ name, body, code: 'json_too_deep' });
const twice = (param: string, body: string): RefusedRow => ({ name: body, body, code: 'duplicate_key', param });
const withoutModel = (body: string): RefusedRow => ({ name: body, body, code: 'invalid_model', param: 'model' });
const wrongType = (name: string, more: Partial<Row>): RefusedRow => ({
  name,
  body: VALID,
  status: 415,
  code: 'unsupported_media_type',
  ...more,
});

/** @param levels how many objects stand inside one another, the outer one counted */
function nested(levels: number): string {
  return `{"model":"gpt-4o",${MESSAGES},"metadata":${'{"a":'.repeat(levels - 1)}1${'}'.repeat(levels - 1)}}`;
}

/** Refused before anybody is called. */
const REFUSED: readonly RefusedRow[] = [
  invalidJson('an empty body', ''),
  invalidJson('white space', ' \r\n\t'),
  invalidJson('broken JSON', '{"model":"gpt-4o","messages":['),
  invalidJson('a word', 'hello'),
  invalidJson('trailing rubbish', `${VALID}x`),
  invalidJson('a second object', VALID + VALID),
  invalidJson('a trailing comma', `{"model":"gpt-4o",${MESSAGES},}`),
  invalidJson('a comment', `{/*!*/"model":"gpt-4o",${MESSAGES}}`),
  invalidJson('NaN', `{"model":"gpt-4o","temperature":NaN,${MESSAGES}}`),
  invalidJson('single quotes', "{'model':'gpt-4o'}"),
  invalidJson('a list', `[${VALID}]`),
  invalidJson('a string', '"gpt-4o"'),
  invalidJson('null', 'null'),
  invalidJson('a byte order mark', `\ufeff${VALID}`),
  invalidJson('UTF-16', Buffer.from(VALID, 'utf16le')),
  invalidJson('UTF-16 with a mark', Buffer.from(`\ufeff${VALID}`, 'utf16le')),
  invalidJson('UTF-32', Buffer.from([...Buffer.from(VALID)].flatMap((byte) => [0, 0, 0, byte]))),
  invalidJson('a control character in a string', `{"model":"gpt-4o","user":"a\u0001b",${MESSAGES}}`),
  invalidUtf8('invalid UTF-8', [0xc3, 0x28]),
  invalidUtf8('a raw lone surrogate', [0xed, 0xa0, 0x80]),
  invalidUtf8('an overlong encoding', [0xc0, 0xaf]),
  tooDeep('65 levels', nested(65)),
  tooDeep('100,000 levels', nested(100_000)),
  tooDeep('100,000 lists, never closed', `{"model":"gpt-4o","a":${'['.repeat(100_000)}`),
  twice('model', `{"model":"gpt-4o","model":"gpt-4",${MESSAGES}}`),
  twice('model', `{"model":"gpt-4o","mod\\u0065l":"gpt-4",${MESSAGES}}`),
  twice('stream', `{"model":"gpt-4o","stream":false,${MESSAGES},"stream":true}`),
  twice('stream_options', `{"model":"gpt-4o","stream_options":{},${MESSAGES},"stream_options":{}}`),
  withoutModel('{}'),
  withoutModel(`{${MESSAGES}}`),
  withoutModel('{"model":null}'),
  withoutModel('{"model":7}'),
  withoutModel('{"model":""}'),
  withoutModel('{"model":["gpt-4o"]}'),
  withoutModel('{"__proto__":{"model":"gpt-4o"}}'),
  ...[
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/json-patch+json',
    'application/json; charset=utf-16',
    'application/json; charset=iso-8859-1',
  ].map((type) => wrongType(type, { type })),
  wrongType('content-encoding gzip', { headers: { 'content-encoding': 'gzip' } }),
];

const PASSED: readonly Row[] = [
  { name: '64 levels', body: nested(64) },
  {
    name: 'an escaped lone surrogate',
    body: String.raw`{"model":"gpt-4o","messages":[{"role":"user","content":"\ud800"}]}`,
  },
  {
    name: '__proto__ and constructor',
    body: `{"__proto__":{"stream":true},"constructor":{"prototype":1},"model":"gpt-4o",${MESSAGES}}`,
  },
  { name: 'a field of no interest twice', body: `{"model":"gpt-4o","user":"a","user":"b",${MESSAGES}}` },
  { name: 'model twice further down', body: `{"model":"gpt-4o",${MESSAGES},"metadata":{"model":"a","model":"b"}}` },
  { name: 'a type in capitals, with a charset', body: VALID, type: 'Application/JSON; charset="UTF-8"' },
  { name: 'content-encoding identity', body: VALID, headers: { 'content-encoding': 'identity' } },
];

describe('request bodies', () => {
  let simulator: Simulator;
  let gateway: RunningGateway;

  beforeAll(async () => {
    simulator = await startSimulator();
    gateway = await startGateway({ AI_GATEWAY_UPSTREAM: simulator.url });
  });
  afterAll(async () => {
    await gateway.close();
    await simulator.close();
  });
  beforeEach(() => simulator.reset());
  afterEach(() => backAtBaseline(gateway));

  it.each(REFUSED.map((row) => [row.name, row] as const))('refuses %s', async (_name, row) => {
    const headers = { 'content-type': row.type ?? JSON_TYPE, ...row.headers };

    const answer = await post(`${gateway.url}/chat/completions`, row.body, { headers });

    expect(answer.status).toBe(row.status ?? 400);
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(answer.headers.get('x-error-source')).toBe('gateway');
    const { error } = answer.json<{ error: { message: string } }>();
    expect(error).toEqual({
      message: expect.any(String) as unknown,
      type: 'invalid_request_error',
      param: row.param ?? null,
      code: row.code,
    });
    expect(error.message.length).toBeLessThan(200);
    expect(simulator.calls()).toEqual([]);
  });

  it('refuses a body without a content type', async () => {
    const text = rawPost('/v1/chat/completions', aChatRequest(), ['Connection: close']).replace(
      'Content-Type: application/json\r\n',
      '',
    );
    const [answer] = await sendRaw(gateway.origin, text);

    expect(answer?.status).toBe(415);
    expect(JSON.parse(answer?.body ?? '')).toMatchObject({ error: { code: 'unsupported_media_type' } });
    expect(simulator.calls()).toEqual([]);
  });

  it("answers in Anthropic's shape on Anthropic's road", async () => {
    const answer = await post(`${gateway.url}/messages`, '{"model":', { headers: { 'x-api-key': 'sk-ant-1' } });

    expect(answer.status).toBe(400);
    expect(answer.json()).toEqual({
      type: 'error',
      error: { type: 'invalid_request_error', message: expect.any(String) as unknown },
      request_id: answer.headers.get('x-request-id'),
    });
  });

  it.each(PASSED.map((row) => [row.name, row] as const))(
    'passes %s on byte for byte',
    async (_name, { body, type = JSON_TYPE, headers }) => {
      simulator.script('*', { answer: 'Fine.' });

      const answer = await post(`${gateway.url}/chat/completions`, body, {
        headers: { 'content-type': type, ...headers },
      });

      expect(answer.status).toBe(200);
      expect(simulator.calls()[0]?.body.toString()).toBe(body);
      expect(({} as Record<string, unknown>).stream).toBeUndefined();
    },
  );

  it('replaces a request id that could do harm, and keeps a decent one', async () => {
    const ids = ['<script>alert(1)</script>', '../../etc/passwd', 'a'.repeat(129), 'white space', 'id\twith-tab', 'ü'];
    for (const id of ids) {
      const answer = await post(`${gateway.url}/chat/completions`, '{}', { headers: { 'x-request-id': id } });
      expect(answer.headers.get('x-request-id')).toMatch(/^req_[0-9a-f]{32}$/);
    }
    const kept = await get(`${gateway.url}/models`, { 'x-request-id': 'Trace:7.a_b-c' });
    expect(kept.headers.get('x-request-id')).toBe('Trace:7.a_b-c');
  });

  it('knows methods and paths: 405 with Allow, 404 for the rest', async () => {
    const wrongMethod = await post(`${gateway.url}/embeddings`, '{}', { method: 'PUT' });
    expect(wrongMethod.status).toBe(405);
    expect(wrongMethod.headers.get('allow')).toBe('POST');
    expect(wrongMethod.json()).toMatchObject({ error: { type: 'invalid_request_error', code: 'method_not_allowed' } });

    const unknown = await get(`${gateway.origin}/nothing/here`);
    expect(unknown.status).toBe(404);
    expect(unknown.json()).toMatchObject({ error: { type: 'invalid_request_error', code: 'not_found' } });
    expect(simulator.calls()).toEqual([]);
  });
});
