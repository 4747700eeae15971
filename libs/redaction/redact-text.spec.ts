import fc from 'fast-check';
import { previewWindow, REDACTED, redactedPreview, redactText } from './redact-text.js';

const SECRETS = {
  'an OpenAI key': 'sk-proj-Abc123_def456-Ghi789',
  'an old OpenAI key': 'sk-abcdefghijklmnopqrstuvwx',
  'an Anthropic key': 'sk-ant-api03-abcDEF123-456_xyz',
  'an OpenRouter key': 'sk-or-v1-0123456789abcdef0123456789abcdef',
  "one of the gateway's own keys": 'gw-3kTq9ZxYw2LmNpQr7StUvWx',
  'a bearer token': 'Bearer abcdef123456',
  'a basic credential': 'Basic dXNlcjpwYXNzd29yZA==',
  'a GitHub token': 'ghp_16C7e42F292c6912E7710c838347Ae178B4a',
  'a fine-grained GitHub token': 'github_pat_11ABCDEFG0123456789_abcdefghij',
  'a GitLab token': 'glpat-abcdefghij1234567890',
  'a Slack token': 'xoxb-123456789012-abcdefghij',
  'a Google API key': 'AIzaSyA-1234567890abcdefghijklmnopqrst',
  'a Google access token': 'ya29.a0AfH6SMBx1234567890',
  'an AWS key id': 'AKIAIOSFODNN7EXAMPLE',
  'an AWS secret': 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY1',
  'a Groq key': 'gsk_abcdefghijklmnop1234567890',
  'an xAI key': 'xai-abcdefghijklmnop1234567890',
  'a Hugging Face token': 'hf_abcdefghijklmnopqrstuvwxyz',
  'a Perplexity key': 'pplx-abcdef1234567890abcdef',
  'a Stripe key': 'sk_live_abcdef1234567890abcdef',
  'a JSON web token': 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dBjftJeZ4CVP-mB92K27uhbUJU1p1r',
  'a SHA-256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  'an e-mail address': 'ann.smith+ai@mail.example.co.uk',
  'a private key': '-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA\nabc\n-----END RSA PRIVATE KEY-----',
};

const secret = fc.constantFrom(...Object.values(SECRETS));
/** Words that join no secret. */
const prose = fc
  .array(fc.constantFrom('the', 'model', 'über', 'is', '42', '你好', '"quoted"', '{', '}', ',', 'ok.', '😀'), {
    maxLength: 40,
  })
  .map((words) => words.join(' '));

describe('redactText', () => {
  it.each(Object.entries(SECRETS))('takes out %s', (_name, value) => {
    expect(redactText(`before ${value} after`)).not.toContain(value);
    expect(redactText(`before ${value} after`)).toMatch(/^before .*after$/s);
    expect(redactText(`{"key":"${value}"}`)).not.toContain(value);
  });

  it.each(['password: hunter2-and-more', '"api_key": "plain-words-only"', "client_secret='not/a/known.shape'"])(
    'takes out what is called a secret: %s',
    (text) => {
      expect(redactText(text)).toContain(REDACTED);
      expect(redactText(text)).not.toMatch(/hunter2|plain-words|known\.shape/);
    },
  );

  it('takes out a long text of base64, wherever in the text it stands', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.integer({ min: 32, max: 90 }), fc.nat(100), (before, length, after) => {
        const value = 'aB3dE5gH7jK9'.repeat(8).slice(0, length);
        expect(redactText(`${'. '.repeat(before)}${value}${' .'.repeat(after)}`)).not.toContain(value);
      }),
    );
  });

  it('takes a password out of an address', () => {
    expect(redactText('postgres://app:s3cr3t!@db.internal/x')).toBe(`postgres://app:${REDACTED}@db.internal/x`);
  });

  it.each([
    'The task-list of the disk-array is short.',
    'Compare gpt-4o-2024-08-06 with claude-sonnet-4-5 on https://example.com/a/b?c=d',
    'const total = items.reduce((sum, item) => sum + item.price, 0);',
    'Call +49 30 1234567, order 2024-11-24/17, version 1.2.3-beta.4',
    'internationalization and SupercalifragilisticexpialidociousWords',
    'The tokens: 812 in, 214 out; password rules are explained below.',
  ])('leaves ordinary text as it is: %s', (text) => {
    expect(redactText(text)).toBe(text);
  });

  it('takes out a hash wherever it stands, and nothing that is one character shorter', () => {
    const hash = '0123456789abcdef0123456789abcdef';
    fc.assert(
      fc.property(fc.array(fc.nat(40), { maxLength: 12 }), fc.nat(40), (wordLengths, after) => {
        const before = wordLengths.map((length) => `${'g'.repeat(Math.min(length, 31))} `).join('');
        const rest = ` ${'h'.repeat(Math.min(after, 31))}`;
        expect(redactText(before + hash + rest)).toBe(before + REDACTED + rest);
        expect(redactText(before + hash.slice(1) + rest)).toBe(before + hash.slice(1) + rest);
      }),
    );
  });

  it("takes out a company's own shapes", () => {
    expect(redactText('ticket ACME-12345 is open', [/ACME-\d+/g])).toBe(`ticket ${REDACTED} is open`);
  });

  it.each(['a', 'A1a', 'a@', 'a.', 'sk-', 'eyJ', '-----BEGIN PRIVATE KEY-----', 'password=', '://:', '0', 'Bearer '])(
    'gets to the end of a long text of %j alone',
    (piece) => expect(redactText(piece.repeat(20_000)).length).toBeGreaterThan(0),
  );
});

describe('redactedPreview', () => {
  it('shows nothing of a secret, wherever the cut falls', () => {
    fc.assert(
      fc.property(prose, secret, prose, fc.integer({ min: 1, max: 200 }), (before, value, after, maxChars) => {
        const preview = redactedPreview(`${before} ${value} ${after}`, maxChars);
        expect(preview.length).toBeLessThanOrEqual(maxChars);
        const visible = value.replace(/^(?:Bearer|Basic) |-----BEGIN.*-----\n/, '');
        expect(preview).not.toContain(visible.slice(0, 12));
      }),
    );
  });

  it('shows nothing of a secret that the window itself cuts off', () => {
    const long = `sk-${'aB3'.repeat(400)}`;
    const text = `${'x '.repeat(240)}${long}`;
    expect(redactedPreview(text, 500)).not.toContain('sk-');
    const key = `${'x '.repeat(240)}-----BEGIN PRIVATE KEY-----\n${'MIIEow\n'.repeat(500)}-----END PRIVATE KEY-----`;
    expect(redactedPreview(key, 500)).not.toContain('MIIE');
  });

  it('does not cut a character in half', () => {
    expect(redactedPreview('a😀b', 2)).toBe('a');
    expect(redactedPreview('a😀b', 3)).toBe('a😀');
  });

  it('reads nothing where nothing is shown', () => {
    expect(previewWindow(0)).toBe(0);
    expect(redactedPreview('text', 0)).toBe('');
  });
});
