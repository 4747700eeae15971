import { scrubError, scrubFields, scrubId, scrubName, scrubText } from './scrub.js';

const OPENAI_KEY = 'sk-proj-Ab3dEf6hIj9kLm2nOp5qRs8tUv1wXy4z';

describe('scrubText', () => {
  it.each([
    ['a bearer token', 'sent Authorization: Bearer abcdefghijklmnop'],
    ['a key with its prefix', `refused ${OPENAI_KEY} today`],
    ['a key of this gateway', 'gw-0123456789abcdef0123456789abcdef'],
    ['a key in an address', 'GET https://host/v1?api_key=abcdef123456'],
    ['an Azure key', 'key 0123456789abcdef0123456789abcdef was refused'],
  ])('takes out %s', (_name, text) => {
    expect(scrubText(text)).toContain('[redacted]');
    expect(scrubText(text)).not.toMatch(/abcdefghijklmnop|Ab3dEf6h|0123456789abcdef|abcdef123456/);
  });

  it('keeps ordinary text', () => {
    const text = "The upstream 'openai' cannot be reached; connect ECONNREFUSED 127.0.0.1:9.";
    expect(scrubText(text)).toBe(text);
  });

  it('keeps the frames of a stack, and takes a key out of its message', () => {
    const frame = '    at Object.Send2Upstream (/srv/ai-gateway/dist/src/proxy/providers/V2/UpstreamClient.js:12:7)';
    expect(scrubText(`Error: bad key ${OPENAI_KEY}\n${frame}`)).toBe(`Error: bad key [redacted]\n${frame}`);
  });

  it('cuts what is too long to be read', () => {
    expect(scrubText('x '.repeat(100_000)).length).toBeLessThan(10_000);
  });
});

describe('scrubName', () => {
  it.each([
    'gpt-4o-mini-2024-07-18',
    'meta-llama/Meta-Llama-3-70B-Instruct',
    'accounts/Fireworks/models/Llama-V3p1-405b',
  ])('keeps the model %s', (name) => expect(scrubName(name)).toBe(name));

  it('takes out a key that was sent as a model', () => {
    expect(scrubName(OPENAI_KEY)).toBe('[redacted]');
    expect(scrubName(`openai/${OPENAI_KEY}`)).toBe('openai/[redacted]');
  });

  it('cuts a name that is a text', () => {
    expect(scrubName('m'.repeat(1_000))).toHaveLength(128);
  });
});

describe('scrubId', () => {
  it.each([
    'req_0123456789abcdef0123456789abcdef',
    '4bf92f3577b34da6a3ce929d0e0e4736',
    '7D444840-9DC0-11D1-B245-5FFDCE74FAD2',
  ])('keeps the id %s, so that the request can be looked up', (id) => expect(scrubId(id)).toBe(id));

  it('takes out a key that was sent as an id', () => {
    expect(scrubId(OPENAI_KEY)).toBe('[redacted]');
  });
});

describe('scrubFields', () => {
  it('takes out fields that are called secrets, however deep, and keeps counts of tokens', () => {
    const fields = { headers: { Authorization: 'x', 'x-api-key': 'y' }, inputTokens: 3, password: 'hunter2' };
    expect(scrubFields(fields)).toEqual({
      headers: { Authorization: '[redacted]', 'x-api-key': '[redacted]' },
      inputTokens: 3,
      password: '[redacted]',
    });
  });

  it('ends at a depth, so that a circle ends too', () => {
    const circle: Record<string, unknown> = { name: 'circle' };
    circle.self = circle;
    expect(JSON.stringify(scrubFields(circle))).toContain('[…]');
  });

  it('tells of an error its class, message, stack and cause, and nothing that hangs on it', () => {
    const error = Object.assign(new TypeError(`no ${OPENAI_KEY}`, { cause: new Error('socket') }), {
      config: { headers: { authorization: OPENAI_KEY } },
    });
    const scrubbed = scrubError(error);
    expect(scrubbed).toMatchObject({ name: 'TypeError', message: 'no [redacted]', cause: { message: 'socket' } });
    expect(JSON.stringify(scrubFields({ error }))).not.toContain('Ab3dEf6h');
  });
});
