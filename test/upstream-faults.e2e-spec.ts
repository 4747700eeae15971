import { aChatRequest, post, recordOf, type ErrorShape } from './support/clients.js';
import { startGateway, type RunningGateway } from './support/start-gateway.js';
import { startSimulator, UPSTREAM_FAULTS, type Simulator, type UpstreamFault } from './support/start-simulator.js';

/** Every call of a test is answered by the same fault, or by the fault first and well afterwards. */
type Repeat = 'always' | 'once';

interface Row {
  readonly fault: UpstreamFault;
  readonly stream: boolean;
  readonly repeat: Repeat;
  readonly status: number;
  /** Code of the error, or of the error event inside a 200 stream. */
  readonly code?: string | null;
  /** Calls that the upstream saw. */
  readonly tries: number;
  readonly record: 'ok' | 'failed' | 'partial';
}

const buffered = (fault: UpstreamFault, repeat: Repeat, rest: Omit<Row, 'fault' | 'stream' | 'repeat'>): Row => ({
  fault,
  stream: false,
  repeat,
  ...rest,
});
const streamed = (fault: UpstreamFault, repeat: Repeat, rest: Omit<Row, 'fault' | 'stream' | 'repeat'>): Row => ({
  fault,
  stream: true,
  repeat,
  ...rest,
});

const OK_AFTER_RETRY = { status: 200, tries: 2, record: 'ok' } as const;
const OK = { status: 200, tries: 1, record: 'ok' } as const;
const failed = (status: number, code: string | null, tries: number) =>
  ({ status, code, tries, record: 'failed' }) as const;
const partial = (code: string) => ({ status: 200, code, tries: 1, record: 'partial' }) as const;

const ROWS: readonly Row[] = [
  buffered('resetBeforeHeaders', 'once', OK_AFTER_RETRY),
  buffered('resetBeforeHeaders', 'always', failed(502, 'upstream_reset', 4)),
  buffered('resetAfterHeaders', 'always', failed(502, 'upstream_reset', 1)),
  buffered('resetMidBody', 'always', failed(502, 'upstream_reset', 1)),
  streamed('resetBeforeHeaders', 'once', OK_AFTER_RETRY),
  streamed('resetAfterHeaders', 'once', OK_AFTER_RETRY),
  streamed('resetAfterFirstEvent', 'always', partial('upstream_reset')),
  streamed('resetMidBody', 'always', partial('upstream_reset')),
  streamed('errorEventFirst', 'once', OK_AFTER_RETRY),
  streamed('rateLimitEventFirst', 'always', failed(429, 'rate_limit_exceeded', 4)),
  streamed('overloadedEventFirst', 'once', OK_AFTER_RETRY),
  streamed('overloadedEventFirst', 'always', failed(529, 'upstream_error', 4)),
  streamed('endsWithoutEvents', 'once', OK_AFTER_RETRY),
  buffered('insufficientQuota', 'always', failed(429, 'insufficient_quota', 1)),
  buffered('internalError', 'once', OK_AFTER_RETRY),
  buffered('badGateway', 'once', OK_AFTER_RETRY),
  buffered('badGateway', 'always', failed(502, 'upstream_error', 4)),
  buffered('unavailable', 'once', OK_AFTER_RETRY),
  buffered('gatewayTimeout', 'once', OK_AFTER_RETRY),
  buffered('overloaded', 'once', OK_AFTER_RETRY),
  streamed('unavailable', 'once', OK_AFTER_RETRY),
  ...(['badRequest', 'forbidden', 'notFound', 'conflict', 'tooLarge', 'unprocessable'] as const).flatMap((fault) => {
    const answer = failed(UPSTREAM_FAULTS[fault].status, expect.any(String) as unknown as string, 1);
    return [buffered(fault, 'always', answer), streamed(fault, 'always', answer)];
  }),
  buffered('azureContentFilter', 'always', failed(400, 'content_filter', 1)),
  streamed('slowEvents', 'always', OK),
  streamed('stallAtOnce', 'always', failed(504, 'upstream_timeout', 1)),
  streamed('stallLater', 'always', partial('upstream_timeout')),
  streamed('heartbeatsOnly', 'always', failed(504, 'upstream_timeout', 1)),
  streamed('heartbeatsLater', 'always', partial('upstream_timeout')),
  streamed('firstEventNever', 'always', failed(504, 'upstream_timeout', 1)),
  streamed('headersNever', 'always', failed(504, 'upstream_timeout', 1)),
  buffered('headersNever', 'always', failed(504, 'upstream_timeout', 1)),
  streamed('endlessStream', 'always', partial('upstream_timeout')),
  streamed('hugeEvent', 'always', partial('upstream_bad_response')),
  streamed('endlessLine', 'always', partial('upstream_bad_response')),
  buffered('malformedJson', 'always', failed(502, 'upstream_bad_response', 1)),
  streamed('malformedEvent', 'always', partial('upstream_bad_response')),
  streamed('malformedFirstEvent', 'always', failed(502, 'upstream_bad_response', 1)),
  buffered('html', 'always', failed(502, 'upstream_bad_response', 1)),
  streamed('html', 'always', failed(502, 'upstream_bad_response', 1)),
  buffered('emptyBody', 'always', failed(502, 'upstream_bad_response', 1)),
  streamed('noDone', 'always', OK),
  streamed('truncated', 'always', partial('upstream_stream_truncated')),
  streamed('noFinishReason', 'always', partial('upstream_stream_truncated')),
  ...(['noUsage', 'nullUsage', 'cumulativeUsage', 'usageWithChoices', 'usageOnFinish', 'usageEarly'] as const).map(
    (fault) => streamed(fault, 'always', OK),
  ),
  buffered('gzip', 'always', OK),
  streamed('gzip', 'always', OK),
  buffered('brotli', 'always', OK),
  buffered('lyingEncoding', 'always', failed(502, 'upstream_bad_response', 1)),
  buffered(
    'truncatedEncoding',
    'always',
    failed(502, expect.stringMatching(/upstream_(bad_response|reset)/) as unknown as string, 1),
  ),
  buffered('bomb', 'always', failed(502, 'upstream_bad_response', 1)),
  ...(['redirect', 'movedPermanently'] as const).flatMap((fault) => [
    buffered(fault, 'always', failed(502, 'upstream_redirect_refused', 1)),
    streamed(fault, 'always', failed(502, 'upstream_redirect_refused', 1)),
  ]),
  ...(['noContent', 'notModified', 'switchingProtocols'] as const).map((fault) =>
    buffered(fault, 'always', failed(502, 'upstream_bad_response', 1)),
  ),
  buffered('hostileHeaders', 'always', OK),
  buffered('hugeHeader', 'always', failed(502, 'upstream_bad_response', 1)),
  buffered('splitHeader', 'always', failed(502, 'upstream_bad_response', 1)),
  buffered('contentLengthLong', 'always', failed(502, 'upstream_reset', 1)),
  buffered('contentLengthShort', 'always', failed(502, 'upstream_bad_response', 1)),
  buffered('notHttp', 'always', failed(502, 'upstream_bad_response', 1)),
  buffered('closedWithoutAnswer', 'once', OK_AFTER_RETRY),
  buffered('earlyTooLarge', 'always', failed(413, expect.any(String) as unknown as string, 1)),
  streamed('byteByByte', 'always', OK),
  streamed('randomChunks', 'always', OK),
  streamed('severalEventsPerChunk', 'always', OK),
];

describe('faults of upstreams', () => {
  let simulator: Simulator;
  let gateway: RunningGateway;

  beforeAll(async () => {
    simulator = await startSimulator();
    gateway = await startGateway({
      AI_GATEWAY_UPSTREAM: simulator.url,
      // A name of its own for each row: retries to one upstream are bounded over all calls.
      AI_GATEWAY_UPSTREAMS: ROWS.map((_row, index) => `row${index}=${simulator.url}`).join(','),
      AI_GATEWAY_FIRST_EVENT_TIMEOUT_MS: '300',
      AI_GATEWAY_IDLE_TIMEOUT_MS: '300',
      AI_GATEWAY_TIMEOUT_MS: '10000',
      AI_GATEWAY_STREAM_TIMEOUT_MS: '2500',
    });
  });
  afterAll(async () => {
    await gateway.close();
    await simulator.close();
  });
  beforeEach(() => simulator.reset());

  it.each(
    ROWS.map(
      (row, index) => [`${row.fault}, ${row.stream ? 'streamed' : 'buffered'}, ${row.repeat}`, row, index] as const,
    ),
  )('%s', async (_name, row, index) => {
    const times = row.repeat === 'always' ? { times: 'forever' as const } : {};
    const isEarly = row.fault.startsWith('early');
    simulator.script(isEarly ? '/v1/chat/completions' : '*', {
      answer: 'The sea is deep and wide.',
      ...UPSTREAM_FAULTS[row.fault],
      ...times,
    });
    const request = aChatRequest({ model: `row${index}/fault-model`, stream: row.stream });

    const answer = await post(`${gateway.url}/chat/completions`, request, {
      headers: { authorization: 'Bearer sk-planted-secret-1234' },
    });

    expect({ status: answer.status, text: row.status === 200 ? '' : answer.text }).toEqual({
      status: row.status,
      text: row.status === 200 ? '' : expect.stringContaining('"error"'),
    });
    expect(answer.text).not.toContain('sk-planted-secret-1234');
    expect(answer.headers.get('x-gateway-attempts')).toBe(
      row.status === 200 ? String(row.tries) : answer.headers.get('x-gateway-attempts'),
    );
    if (row.status !== 200) expect(answer.json<ErrorShape>().error.code).toEqual(row.code);
    else if (row.stream) expectStream(answer.events(), row.code);
    const record = await recordOf(gateway.origin, answer.headers.get('x-request-id') ?? '');
    expect(record).toMatchObject({ status: row.record, attempts: row.tries });
    // A stale reused socket costs a free try, which is recorded and not counted.
    expect(record.tries).toHaveLength(simulator.calls().length);
  });

  it('never repeat the key to the client, in whatever field of an error they write it', async () => {
    const key = 'sk-planted-secret-1234';
    const error = { message: `Bad key ${key}`, code: 'bad_key', innererror: { given: key } };
    simulator.script('*', { status: 400, error });

    const headers = { authorization: `Bearer ${key}` };
    const answer = await post(`${gateway.url}/chat/completions`, aChatRequest(), { headers });

    expect(answer.status).toBe(400);
    expect(answer.text).not.toContain(key);
    expect(answer.json<ErrorShape>().error).toMatchObject({ code: 'bad_key', innererror: { given: '***' } });
  });

  function expectStream(events: readonly string[], code: string | null | undefined): void {
    const last = events.at(-1) ?? '';
    if (code === undefined) {
      expect(last).toBe('[DONE]');
    } else {
      expect(JSON.parse(last)).toMatchObject({ error: { code } });
      expect(events).not.toContain('[DONE]');
    }
  }
});
