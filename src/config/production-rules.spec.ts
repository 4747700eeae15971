import { aLoad, inProduction, theError } from './spec-support.js';

const linesOf = (env: Record<string, string>) => theError(inProduction(env)).message.split('\n').slice(1);

describe('production', () => {
  it('starts with a secret', () => {
    expect(aLoad(inProduction()).config.server.isProduction).toBe(true);
  });

  it('refuses a missing or short AI_GATEWAY_SECRET', () => {
    expect(linesOf({ AI_GATEWAY_SECRET: '' })).toEqual([
      expect.stringContaining(
        'AI_GATEWAY_SECRET is not set: production needs it; write at least 32 random bytes: node -p',
      ),
    ]);
    expect(linesOf({ AI_GATEWAY_SECRET: 'x'.repeat(31) })).toEqual([
      expect.stringContaining('AI_GATEWAY_SECRET=*** (31 bytes): it is shorter than 32 bytes'),
    ]);
    expect(() => aLoad(inProduction({ AI_GATEWAY_SECRET: 'x'.repeat(32) }))).not.toThrow();
    expect(() => aLoad(inProduction({ AI_GATEWAY_SECRET: 'ü'.repeat(16) }))).not.toThrow();
  });

  it.each(['JWT_SECRET', 'SESSION_SECRET'])('refuses a short or well-known %s, and needs none', (name) => {
    expect(linesOf({ [name]: 'secret' })).toEqual([expect.stringContaining(`${name}=*** (6 bytes): it is shorter`)]);
    for (const known of [
      'your-super-secret-jwt-token-with-at-least-32-characters-long',
      'A-STRING-SECRET-AT-LEAST-256-BITS-LONG',
      'please-change-me-to-something-long-and-random',
      'changeme-changeme-changeme-changeme',
    ]) {
      expect(linesOf({ [name]: known })).toEqual([expect.stringContaining('it is well known')]);
    }
    expect(() => aLoad(inProduction({ [name]: 'q7Yp2LkX0vM9sRz4TnB6wCe1HdJ8uGa5' }))).not.toThrow();
  });

  it('refuses a short SESSION_SECRET even when JWT_SECRET wins', () => {
    expect(linesOf({ JWT_SECRET: 'q7Yp2LkX0vM9sRz4TnB6wCe1HdJ8uGa5', SESSION_SECRET: 'short' })).toHaveLength(1);
  });

  it('refuses to let everybody spend a credential of the gateway, and says how', () => {
    const open = {
      HOST: '0.0.0.0',
      AI_GATEWAY_UPSTREAMS: 'a=https://a.example.com/v1',
      AI_GATEWAY_UPSTREAM_A_KEY: 'sk-own',
    };
    expect(linesOf(open)).toEqual([
      '  AI_GATEWAY_ACCESS is not set: anyone who reaches HOST=0.0.0.0 could spend AI_GATEWAY_UPSTREAM_A_KEY; write keys to demand issued keys or sign-in, or open if that is meant',
    ]);
    expect(linesOf({ HOST: '::', OPENAI_API_KEY: 'sk-shared' })).toHaveLength(1);
    expect(linesOf({ HOST: 'gateway.example.com', AI_GATEWAY_API_KEY: 'sk-shared' })).toHaveLength(1);
  });

  it.each([
    ['access is `keys`', { AI_GATEWAY_ACCESS: 'keys' }],
    ['`open` is written down', { AI_GATEWAY_ACCESS: 'open' }],
    ['only this machine reaches it', { HOST: '127.0.0.1' }],
    ['it is not production', { NODE_ENV: 'development' }],
    ['there is no credential', { OPENAI_API_KEY: '' }],
  ])('starts when %s', (_, env) => {
    expect(() => aLoad(inProduction({ HOST: '0.0.0.0', OPENAI_API_KEY: 'sk-shared', ...env }))).not.toThrow();
  });
});

describe('development', () => {
  it('starts with weak secrets and warns', () => {
    expect(aLoad({ AI_GATEWAY_SECRET: 'short', JWT_SECRET: 'change-me-'.repeat(4) }).warnings).toEqual([
      'AI_GATEWAY_SECRET is shorter than 32 bytes; production refuses it.',
      'JWT_SECRET is well known; production refuses it.',
    ]);
  });
});
