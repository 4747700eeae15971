import { backAtBaseline } from './support/baseline.js';
import { aChatRequest } from './support/clients.js';
import { rawPost, sendRaw } from './support/raw-client.js';
import { startGateway, type RunningGateway } from './support/start-gateway.js';
import { startSimulator, type Simulator } from './support/start-simulator.js';

const REQUEST_LINE = 'POST /v1/chat/completions HTTP/1.1\r\n';
const HEAD = `${REQUEST_LINE}Host: gateway.test\r\nContent-Type: application/json\r\n`;
const BODY = JSON.stringify(aChatRequest());
const LENGTH = `Content-Length: ${BODY.length}\r\n`;
const MALFORMED = { status: 400, code: 'bad_request' };

/** A TLS handshake begins so. */
const CLIENT_HELLO = Buffer.from('16030102000100 01fc0303'.replaceAll(' ', '') + '00'.repeat(505), 'hex');

interface Row {
  readonly name: string;
  readonly bytes: string | Uint8Array;
  readonly status: number;
  readonly code: string;
}

const ROWS: readonly Row[] = [
  { name: 'two Hosts', bytes: `${HEAD}Host: other.test\r\n${LENGTH}\r\n${BODY}`, ...MALFORMED },
  { name: 'no Host', bytes: `${REQUEST_LINE}Content-Type: application/json\r\n${LENGTH}\r\n${BODY}`, ...MALFORMED },
  {
    name: 'content-length and transfer-encoding',
    bytes: `${HEAD}${LENGTH}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    ...MALFORMED,
  },
  {
    name: 'transfer-encoding and content-length',
    bytes: `${HEAD}Transfer-Encoding: chunked\r\n${LENGTH}\r\n0\r\n\r\n`,
    ...MALFORMED,
  },
  {
    name: 'a transfer-encoding beside chunked',
    bytes: `${HEAD}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`,
    ...MALFORMED,
  },
  { name: 'a transfer-encoding without chunked', bytes: `${HEAD}Transfer-Encoding: gzip\r\n\r\n${BODY}`, ...MALFORMED },
  { name: 'two content-lengths', bytes: `${HEAD}Content-Length: 5\r\n${LENGTH}\r\n${BODY}`, ...MALFORMED },
  { name: 'a negative content-length', bytes: `${HEAD}Content-Length: -1\r\n\r\n${BODY}`, ...MALFORMED },
  { name: 'a folded header', bytes: `${HEAD}X-Folded: a\r\n b\r\n${LENGTH}\r\n${BODY}`, ...MALFORMED },
  { name: 'bare line feeds', bytes: `${HEAD}${LENGTH}\r\n`.replaceAll('\r\n', '\n') + BODY, ...MALFORMED },
  { name: 'a bare line feed in a header', bytes: `${HEAD}X-Bare: a\nX-Other: b\r\n${LENGTH}\r\n${BODY}`, ...MALFORMED },
  { name: 'a bare carriage return', bytes: `${HEAD}X-Bare: a\rX-Other: b\r\n${LENGTH}\r\n${BODY}`, ...MALFORMED },
  { name: 'NUL in a header', bytes: `${HEAD}X-Null: a\0b\r\n${LENGTH}\r\n${BODY}`, ...MALFORMED },
  { name: 'a space before the colon', bytes: `${HEAD}X-Space : a\r\n${LENGTH}\r\n${BODY}`, ...MALFORMED },
  { name: 'a chunk size that is no number', bytes: `${HEAD}Transfer-Encoding: chunked\r\n\r\nzz\r\n{}`, ...MALFORMED },
  { name: 'an unknown version', bytes: `${HEAD.replace('HTTP/1.1', 'HTTP/1.9')}${LENGTH}\r\n${BODY}`, ...MALFORMED },
  { name: 'a control character in the path', bytes: `GET /v1/\x01 HTTP/1.1\r\nHost: a\r\n\r\n`, ...MALFORMED },
  { name: 'TLS', bytes: CLIENT_HELLO, ...MALFORMED },
  { name: 'the preface of HTTP/2', bytes: 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', ...MALFORMED },
  { name: 'another protocol', bytes: 'SSH-2.0-OpenSSH_9.2\r\n', ...MALFORMED },
  { name: 'CONNECT', bytes: 'CONNECT api.openai.com:443 HTTP/1.1\r\nHost: api.openai.com:443\r\n\r\n', ...MALFORMED },
  {
    name: 'TRACE',
    bytes: 'TRACE /v1/files HTTP/1.1\r\nHost: gateway.test\r\n\r\n',
    status: 405,
    code: 'method_not_allowed',
  },
  {
    name: 'an upgrade to a WebSocket',
    bytes: rawPost('/v1/chat/completions', aChatRequest(), ['Connection: Upgrade', 'Upgrade: websocket']),
    ...MALFORMED,
  },
  {
    name: 'an upgrade on the raw road',
    bytes: 'GET /v1/realtime HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
    ...MALFORMED,
  },
  {
    name: 'an expectation that nobody knows',
    bytes: rawPost('/v1/chat/completions', aChatRequest(), ['Expect: the-unexpected']),
    status: 417,
    code: 'bad_request',
  },
  {
    name: 'a header of 1 MB',
    bytes: `${HEAD}X-Huge: ${'a'.repeat(1_048_576)}\r\n${LENGTH}\r\n${BODY}`,
    status: 431,
    code: 'headers_too_large',
  },
  {
    name: 'ten thousand headers',
    bytes: `${HEAD}${'X-Many: a\r\n'.repeat(10_000)}${LENGTH}\r\n${BODY}`,
    status: 431,
    code: 'headers_too_large',
  },
];

describe('requests that no parser should take', () => {
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
  afterEach(() => backAtBaseline(gateway));

  it.each(ROWS.map((row) => [row.name, row] as const))(
    'answers %s in the one shape, closes, and calls nobody',
    async (_name, { bytes, status, code }) => {
      const answers = await sendRaw(gateway.origin, bytes);

      expect(answers).toHaveLength(1);
      const [answer] = answers;
      expect(answer).toMatchObject({
        status,
        headers: {
          'content-type': 'application/json; charset=utf-8',
          connection: 'close',
          'x-error-source': 'gateway',
          'x-request-id': expect.stringMatching(/^req_[0-9a-f]{32}$/) as unknown,
        },
      });
      const { error } = JSON.parse(answer?.body ?? '') as { error: { message: string } };
      expect(error).toEqual({
        message: expect.any(String) as unknown,
        type: 'invalid_request_error',
        param: null,
        code,
      });
      expect(error.message.length).toBeLessThan(200);
      expect(simulator.calls()).toEqual([]);
    },
  );

  it('goes on with HTTP/1.1 when a client offers HTTP/2 in passing', async () => {
    const offer = [
      'Connection: Upgrade, HTTP2-Settings, close',
      'Upgrade: h2c',
      'HTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABk',
    ];
    const [answer] = await sendRaw(
      gateway.origin,
      rawPost('/v1/chat/completions', aChatRequest({ model: 'demo' }), offer),
    );

    expect(answer?.status).toBe(200);
  });

  it('takes an absolute target, as a proxy would send it', async () => {
    const text = rawPost('http://gateway.test/v1/chat/completions', aChatRequest({ model: 'demo' }), [
      'Connection: close',
    ]);
    const [answer] = await sendRaw(gateway.origin, text);

    expect(answer?.status).toBe(200);
  });

  it('answers HTTP/1.0 and closes', async () => {
    const text = rawPost('/v1/chat/completions', aChatRequest({ model: 'demo' })).replace('HTTP/1.1', 'HTTP/1.0');
    const [answer] = await sendRaw(gateway.origin, text);

    expect(answer?.status).toBe(200);
  });

  it.each([
    'OPTIONS * HTTP/1.1',
    'GET /v1/files/%zz HTTP/1.1',
    'GET //v1//files HTTP/1.1',
    'GET /v1/../v1/../etc HTTP/1.1',
  ])('answers %s without a 5xx', async (requestLine) => {
    const [answer] = await sendRaw(gateway.origin, `${requestLine}\r\nHost: a\r\nConnection: close\r\n\r\n`);

    expect(answer?.status).toBeGreaterThanOrEqual(400);
    expect(answer?.status).toBeLessThan(500);
    expect(JSON.parse(answer?.body ?? '')).toMatchObject({ error: { type: 'invalid_request_error' } });
    expect(simulator.calls()).toEqual([]);
  });
});
