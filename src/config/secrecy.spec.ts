import fc from 'fast-check';
import { inspect } from 'node:util';
import { ConfigError } from './config-error.js';
import type { Environment } from './environment-reader.js';
import { aLoad } from './spec-support.js';
import { startLines } from './start-lines.js';

const UPSTREAMS = 'azure=https://eu.openai.azure.com/openai/v1,gpu=http://gpu:8080/v1';

const SECRET_NAMES = [
  'AI_GATEWAY_API_KEY',
  'OPENAI_API_KEY',
  'AI_GATEWAY_UPSTREAM_AZURE_KEY',
  'AI_GATEWAY_UPSTREAM_NOBODY_KEY',
  'AI_GATEWAY_ADMIN_KEY',
  'AI_GATEWAY_SECRET',
  'AI_GATEWAY_SECRET_PREVIOUS',
  'GOOGLE_CLIENT_SECRET',
  'JWT_SECRET',
  'SESSION_SECRET',
  'AI_GATEWAY_WEBHOOK_SECRET',
];

/** What no text of our own contains by chance; among them what JSON escapes and what cannot be a header. */
const secretText = fc
  .stringMatching(/^Q[a-zA-Z0-9"'\\/+=$&?#@: ü\n]{10,40}Z$/)
  .filter((text) => text.trim().length > 10);

const secrets = fc.record(Object.fromEntries(SECRET_NAMES.map((name) => [name, secretText])), { requiredKeys: [] });

/** Everything that may be printed of a start, whether it succeeds or not. */
function everythingPrinted(env: Environment): string {
  try {
    const { config, warnings } = aLoad(env);
    return [
      JSON.stringify(config),
      inspect(config, { depth: Infinity, showHidden: true }),
      ...startLines(config, { address: 'http://127.0.0.1:1', storage: 'SQLite (persistent)', warnings }),
    ].join('\n');
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return [
      error.message,
      String(error),
      error.stack ?? '',
      JSON.stringify(error),
      inspect(error, { depth: Infinity }),
    ].join('\n');
  }
}

function expectNoneIn(printed: string, values: readonly (string | undefined)[]): void {
  for (const value of values) {
    if (value === undefined) continue;
    const forms = [value, JSON.stringify(value).slice(1, -1), inspect(value).slice(1, -1), encodeURIComponent(value)];
    for (const form of forms) expect(printed).not.toContain(form.trim());
  }
}

describe('no secret is printed', () => {
  it('whatever the secrets are', () => {
    fc.assert(
      fc.property(secrets, fc.constantFrom('development', 'production'), (values, environment) => {
        const env = {
          AI_GATEWAY_UPSTREAMS: UPSTREAMS,
          NODE_ENV: environment,
          HOST: '0.0.0.0',
          GOOGLE_CLIENT_ID: 'id',
          ...values,
        };
        expectNoneIn(everythingPrinted(env), Object.values(values));
      }),
    );
  });

  it('when all of them are fit for use', () => {
    const usable = fc.stringMatching(/^Q[a-zA-Z0-9"'\\/+=$&?#@:]{32,40}Z$/);
    const all = fc.record(Object.fromEntries(SECRET_NAMES.map((name) => [name, usable])));
    fc.assert(
      fc.property(all, (values) => {
        const env = {
          AI_GATEWAY_UPSTREAMS: UPSTREAMS,
          GOOGLE_CLIENT_ID: 'id',
          AI_GATEWAY_WEBHOOK_URL: 'https://hooks.example.com/x',
          ...values,
        };
        const printed = everythingPrinted(env);
        expect(printed).toContain('Upstreams:');
        expectNoneIn(printed, Object.values(values));
      }),
    );
  });

  it('when a secret also stands in a bad value of another variable', () => {
    const others = fc.constantFrom<readonly [string, (secret: string) => string]>(
      ['AI_GATEWAY_UPSTREAM', (secret: string) => `https://user:${secret}@host/v1`],
      ['AI_GATEWAY_UPSTREAM', (secret: string) => `ftp://host/v1?key=${secret}`],
      ['AI_GATEWAY_UPSTREAMS', (secret: string) => `a=${secret},b=https://host/v1#${secret}`],
      ['AI_GATEWAY_UPSTREAMS', (secret: string) => `${secret}/x=https://host/v1`],
      ['AI_GATEWAY_MODEL_ROUTES', (secret: string) => `gpt-4o:${secret}`],
      ['AI_GATEWAY_MODEL_ROUTES', (secret: string) => `x:openai,x:openai,${secret} x:openai`],
      ['PORT', (secret: string) => secret],
      ['HOST', (secret: string) => `${secret}.example.com/`],
      ['NODE_ENV', (secret: string) => secret],
      ['LOG_LEVEL', (secret: string) => secret],
      ['AI_GATEWAY_PRICES', (secret: string) => `{"${secret}": 1}`],
    );
    const simple = fc.stringMatching(/^Q[a-zA-Z0-9]{10,40}Z$/);
    fc.assert(
      fc.property(
        simple,
        fc.constantFrom('AI_GATEWAY_API_KEY', 'AI_GATEWAY_SECRET', 'GOOGLE_CLIENT_SECRET'),
        others,
        (secret, name, [other, valueOf]) => {
          const printed = everythingPrinted({ [name]: secret, GOOGLE_CLIENT_ID: 'id', [other]: valueOf(secret) });
          expectNoneIn(printed, [secret, secret.toLowerCase()]);
        },
      ),
    );
  });
});
