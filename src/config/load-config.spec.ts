import { aLoad, inProduction, theError } from './spec-support.js';
import { loadConfig } from './load-config.js';
import { VARIABLES, type VariableName } from './variables.js';

/** For every variable a value that is not its default. */
const EXAMPLES: Readonly<Record<VariableName, string>> = {
  HOST: '0.0.0.0',
  PORT: '0',
  GATEWAY_PUBLIC_URL: 'https://ai.example.com',
  DASHBOARD_URL: 'http://localhost:5173',
  AI_GATEWAY_TRUSTED_PROXIES: '10.0.0.0/8',
  AI_GATEWAY_CORS_ORIGINS: 'https://app.example.com',
  AI_GATEWAY_MAX_BODY_BYTES: '1048576',
  AI_GATEWAY_MAX_CONCURRENCY: '500',
  AI_GATEWAY_DRAIN_MS: '0',
  NODE_ENV: 'production',
  AI_GATEWAY_UPSTREAM: 'http://localhost:8080/v1',
  AI_GATEWAY_UPSTREAMS: 'local=http://localhost:8080/v1',
  AI_GATEWAY_API_KEY: 'sk-example',
  OPENAI_API_KEY: 'sk-example',
  'AI_GATEWAY_UPSTREAM_<NAME>_KEY': 'sk-own',
  AI_GATEWAY_MODEL_ROUTES: 'gpt-*:http://localhost:9000/v1',
  AI_GATEWAY_STRICT_MODELS: 'true',
  AI_GATEWAY_DEMO: 'false',
  AI_GATEWAY_FORWARD_HEADERS: 'x-tenant',
  AI_GATEWAY_ACCESS: 'keys',
  AI_GATEWAY_ADMIN_KEY: 'an-admin-key',
  AI_GATEWAY_SECRET: 'k3Jx9vQ2mZ8rT5wY7uP1sD4fG6hL0aB=',
  AI_GATEWAY_SECRET_PREVIOUS: 'old',
  GOOGLE_CLIENT_ID: 'id',
  GOOGLE_CLIENT_SECRET: 'a-client-secret',
  GOOGLE_AUTHORIZATION_URL: 'http://127.0.0.1:9/authorize',
  GOOGLE_TOKEN_URL: 'http://127.0.0.1:9/token',
  GOOGLE_USERINFO_URL: 'http://127.0.0.1:9/userinfo',
  JWT_SECRET: 'j3Jx9vQ2mZ8rT5wY7uP1sD4fG6hL0aB=',
  SESSION_SECRET: 's3Jx9vQ2mZ8rT5wY7uP1sD4fG6hL0aB=',
  AI_GATEWAY_ADMIN_EMAILS: 'ann@example.com',
  AI_GATEWAY_ALLOWED_DOMAINS: 'example.com',
  AI_GATEWAY_ALLOWED_BASE_URLS: 'https://openrouter.ai/api/v1',
  AI_GATEWAY_RATE_LIMIT_RPM: '0',
  AI_GATEWAY_FLOOD_RPM: '1',
  AI_GATEWAY_RETRY_ATTEMPTS: '0',
  AI_GATEWAY_RETRY_DELAY_MS: '0',
  AI_GATEWAY_CONNECT_TIMEOUT_MS: '1',
  AI_GATEWAY_FIRST_EVENT_TIMEOUT_MS: '2',
  AI_GATEWAY_IDLE_TIMEOUT_MS: '3',
  AI_GATEWAY_TIMEOUT_MS: '4',
  AI_GATEWAY_STREAM_TIMEOUT_MS: '2147483647',
  AI_GATEWAY_KEEPALIVE_MS: '5',
  AI_GATEWAY_PROMPT_LOGGING: 'false',
  AI_GATEWAY_PREVIEW_CHARS: '0',
  AI_GATEWAY_LOG_RETENTION_DAYS: '7',
  AI_GATEWAY_PRICES: '{"m": {"input": 1, "output": 2}}',
  AI_GATEWAY_UNPRICED: 'deny',
  DATABASE_PATH: './data/gateway.db',
  DB_PATH: './data/gateway.db',
  DATABASE_SYNCHRONOUS: 'full',
  AI_GATEWAY_WEBHOOK_URL: 'https://hooks.example.com/ai',
  AI_GATEWAY_WEBHOOK_SECRET: 'a-webhook-secret',
  AI_GATEWAY_MODULES: './guardrail.js',
  LOG_LEVEL: 'debug',
};

/** Variables that say something only together with others. */
const COMPANIONS: readonly (readonly VariableName[])[] = [
  ['GOOGLE_CLIENT_ID', 'GOOGLE_CLIENT_SECRET', 'GOOGLE_AUTHORIZATION_URL', 'GOOGLE_TOKEN_URL', 'GOOGLE_USERINFO_URL'],
  ['AI_GATEWAY_WEBHOOK_URL', 'AI_GATEWAY_WEBHOOK_SECRET'],
  ['AI_GATEWAY_UPSTREAM_<NAME>_KEY', 'AI_GATEWAY_UPSTREAMS'],
];

const concrete = (name: string) => name.replace('<NAME>', 'LOCAL');

const anEnvironmentOf = (names: readonly VariableName[]) =>
  Object.fromEntries(names.map((name) => [concrete(name), EXAMPLES[name]]));

describe('loadConfig', () => {
  it('needs nothing', () => {
    const { config, warnings } = aLoad({});
    expect(warnings).toEqual([]);
    expect(config).toEqual({
      server: {
        host: '127.0.0.1',
        port: 3002,
        trustedProxies: [],
        corsOrigins: [],
        maxBodyBytes: 33_554_432,
        maxConcurrency: 10_000,
        drainMs: 30_000,
        isProduction: false,
      },
      upstreams: [
        {
          name: 'openai',
          baseUrl: 'https://api.openai.com/v1',
          query: '',
          kind: 'openai',
          credentialSource: 'none',
          isDefault: true,
        },
      ],
      routes: [],
      strictModels: false,
      demo: true,
      access: 'open',
      isAccessExplicit: false,
      secret: { value: undefined, previous: [] },
      limits: { rpm: 60, floodRpm: 300 },
      retry: { attempts: 3, delayMs: 1000 },
      timeouts: {
        connectMs: 5000,
        firstEventMs: 120_000,
        idleMs: 60_000,
        totalMs: 600_000,
        streamMs: 1_800_000,
        keepAliveMs: 15_000,
      },
      promptLog: { isEnabled: true, previewChars: 500, retentionDays: 30 },
      prices: { overrides: undefined, unpriced: 'warn' },
      storage: { synchronous: 'normal' },
      adminEmails: [],
      allowedDomains: [],
      allowedBaseUrls: [],
      forwardHeaders: [],
      modules: [],
      log: { level: 'info', isPretty: false },
    });
  });

  it.each(VARIABLES.map(({ name }) => name))('reads %s', (name) => {
    // Production does not start without a secret.
    const companions =
      name === 'NODE_ENV'
        ? (['AI_GATEWAY_SECRET'] as const)
        : (COMPANIONS.find((names) => names.includes(name)) ?? []).filter((other) => other !== name);
    const isPaired = /^(GOOGLE_CLIENT|AI_GATEWAY_WEBHOOK)_/.test(name);
    const without = aLoad(anEnvironmentOf(isPaired ? [] : companions));
    const withIt = aLoad(anEnvironmentOf([...companions, name]));
    expect(JSON.stringify(withIt.config)).not.toBe(JSON.stringify(without.config));
  });

  it('takes all variables at once', () => {
    const { config, warnings } = aLoad(anEnvironmentOf(VARIABLES.map(({ name }) => name)));
    expect(warnings).toEqual([]);
    expect(config).toMatchObject({
      server: { host: '0.0.0.0', port: 0, publicUrl: 'https://ai.example.com', isProduction: true },
      access: 'keys',
      isAccessExplicit: true,
      google: { clientId: 'id', userinfoUrl: 'http://127.0.0.1:9/userinfo' },
      webhook: { url: 'https://hooks.example.com/ai' },
      storage: { databasePath: './data/gateway.db', synchronous: 'full' },
      modules: ['./guardrail.js'],
    });
    expect(config.adminKey?.reveal()).toBe('an-admin-key');
    expect(config.secret.value?.reveal()).toBe(EXAMPLES.AI_GATEWAY_SECRET);
    expect(config.secret.previous.map((secret) => secret.reveal())).toEqual(['old']);
    expect(config.google?.clientSecret.reveal()).toBe('a-client-secret');
    expect(config.webhook?.secret.reveal()).toBe('a-webhook-secret');
  });

  it('takes empty and blank values for unset', () => {
    const blank = Object.fromEntries(
      VARIABLES.map(({ name }, index) => [concrete(name), index % 2 === 0 ? '' : ' \t\n']),
    );
    expect(aLoad(blank)).toEqual(aLoad({}));
  });

  it('does not count white space around a value', () => {
    expect(aLoad({ PORT: ' 8080\n', OPENAI_API_KEY: 'sk-example\r\n' }).config.upstreams[0].credential?.reveal()).toBe(
      'sk-example',
    );
  });

  it.each([
    ['JWT_SECRET', 'SESSION_SECRET'],
    ['DATABASE_PATH', 'DB_PATH'],
  ] as const)('lets %s win over %s', (first, second) => {
    const { config } = aLoad({ [first]: 'first', [second]: 'second' });
    expect(config.sessionSecret?.reveal() ?? config.storage.databasePath).toBe('first');
  });

  it('takes `:memory:` for what it is', () => {
    expect(aLoad({ DATABASE_PATH: ':memory:' }).config.storage).toEqual({ synchronous: 'normal' });
  });

  it('writes logs for eyes on a terminal only', () => {
    expect(loadConfig({}, { isTerminal: true }).config.log.isPretty).toBe(true);
  });

  it('switches the demo model off in production unless it is asked for', () => {
    expect(aLoad(inProduction()).config.demo).toBe(false);
    expect(aLoad(inProduction({ AI_GATEWAY_DEMO: 'on' })).config.demo).toBe(true);
  });

  it('lists every problem in one error: variable, value, what to write instead', () => {
    const error = theError({
      PORT: '70000',
      HOST: 'http://localhost',
      AI_GATEWAY_DEMO: 'perhaps',
      AI_GATEWAY_UPSTREAMS: 'good=https://good.example.com/v1,bad,worse=ftp://x',
      AI_GATEWAY_API_KEY: 'Bearer sk-example',
      AI_GATEWAY_TIMEOUT_MS: '0',
      AI_GATEWAY_UNPRICED: 'ignore',
      AI_GATEWAY_PRICES: './prices.json',
    });
    expect(error.message).toBe(
      [
        'The configuration has 9 problems:',
        '  HOST="http://localhost": write an address or host name: 127.0.0.1, 0.0.0.0, ::, localhost',
        '  PORT="70000": write a whole number from 0 to 65535',
        '  AI_GATEWAY_DEMO="perhaps": write true or false',
        '  AI_GATEWAY_UPSTREAMS="bad": write name=address, the name of letters, digits, ".", "_" and "-": local=http://localhost:8080/v1',
        '  AI_GATEWAY_UPSTREAMS="worse=ftp://x": write an address that begins with http:// or https://',
        '  AI_GATEWAY_API_KEY=*** (17 bytes): write the key alone, without spaces, line breaks and other than ASCII characters',
        '  AI_GATEWAY_TIMEOUT_MS="0": write a whole number from 1 to 2147483647',
        '  AI_GATEWAY_PRICES="./prices.json": write JSON or the path of a readable file; this one cannot be read (ENOENT)',
        '  AI_GATEWAY_UNPRICED="ignore": write allow, warn or deny',
      ].join('\n'),
    );
  });

  it.each([
    [
      { GOOGLE_CLIENT_ID: 'id' },
      'GOOGLE_CLIENT_SECRET is not set: write the secret that belongs to GOOGLE_CLIENT_ID, or unset both',
    ],
    [
      { GOOGLE_CLIENT_SECRET: 'x' },
      'GOOGLE_CLIENT_ID is not set: write the id that belongs to GOOGLE_CLIENT_SECRET, or unset both',
    ],
    [{ AI_GATEWAY_WEBHOOK_URL: 'https://h/x' }, 'AI_GATEWAY_WEBHOOK_SECRET is not set'],
    [{ AI_GATEWAY_WEBHOOK_SECRET: 'x' }, 'AI_GATEWAY_WEBHOOK_URL is not set'],
    [{ DATABASE_PATH: './data/' }, 'DATABASE_PATH="./data/": write the path of a file'],
    [{ DB_PATH: './data/' }, 'DB_PATH="./data/": write the path of a file'],
  ])('refuses %p alone', (env, line) => {
    expect(theError(env).message).toContain(`has a problem:\n  ${line}`);
  });

  it('is frozen through and through', () => {
    const { config } = aLoad(anEnvironmentOf(VARIABLES.map(({ name }) => name)));
    const visit = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      expect(Object.isFrozen(value)).toBe(true);
      Object.values(value).forEach(visit);
    };
    visit(config);
  });

  it('does not change the environment and gives the same for the same', () => {
    const env = Object.freeze(anEnvironmentOf(VARIABLES.map(({ name }) => name)));
    expect(aLoad(env)).toEqual(aLoad(env));
  });

  it('warns of a NODE_ENV that is almost production', () => {
    expect(aLoad({ NODE_ENV: 'prod' }).warnings).toEqual([
      'NODE_ENV is neither production, development nor test: it is treated as development.',
    ]);
    expect(aLoad(inProduction({ NODE_ENV: 'Production' })).config.server.isProduction).toBe(true);
  });

  it('warns of a proxy rule that trusts everybody', () => {
    expect(aLoad({ AI_GATEWAY_TRUSTED_PROXIES: '10.0.0.0/8,::/0' }).warnings).toEqual([
      expect.stringContaining('AI_GATEWAY_TRUSTED_PROXIES trusts every address'),
    ]);
  });
});
