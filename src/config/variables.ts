/** One environment variable, as the unknown-name check, the defaults and docs/configuration.md know it. */
export interface Variable {
  readonly name: string;
  /** What it sets, in the words of the table in docs/configuration.md. */
  readonly meaning: string;
  /** The text that is read when the variable is not set; absent: the setting is then absent, too. */
  readonly default?: string;
  /** What happens without it, in words, where `default` does not say it. */
  readonly whenUnset?: string;
  /** Its value is never shown. */
  readonly isSecret?: true;
}

/** Stands for one variable per configured upstream; `<NAME>` is the upstream's name, see `variableOfUpstream`. */
export const UPSTREAM_KEY_VARIABLE = 'AI_GATEWAY_UPSTREAM_<NAME>_KEY';

const BASE_URL_HELP =
  'a query at its end (`?api-version=…`) goes on every call; `azure+https://…` says that it is Azure where the host does not';

/** Every variable that the gateway reads, in the order of docs/configuration.md. */
export const VARIABLES = [
  { name: 'HOST', meaning: 'address to listen on; containers set `0.0.0.0`', default: '127.0.0.1' },
  { name: 'PORT', meaning: 'port to listen on; `0` takes a free one and the start says which', default: '3002' },
  {
    name: 'GATEWAY_PUBLIC_URL',
    meaning: 'public URL of the gateway, for the redirect URI of sign-in',
    whenUnset: "the gateway's own address",
  },
  { name: 'DASHBOARD_URL', meaning: 'where the dashboard runs', whenUnset: "the gateway's own address" },
  { name: 'AI_GATEWAY_TRUSTED_PROXIES', meaning: 'CIDRs whose `X-Forwarded-*` headers count, comma separated' },
  { name: 'AI_GATEWAY_CORS_ORIGINS', meaning: 'browser origins that may call `/v1`, never with cookies' },
  { name: 'AI_GATEWAY_MAX_BODY_BYTES', meaning: 'largest request body, in bytes', default: '33554432' },
  { name: 'AI_GATEWAY_MAX_CONCURRENCY', meaning: 'calls in flight before new ones get 503', default: '10000' },
  {
    name: 'AI_GATEWAY_DRAIN_MS',
    meaning: 'how long running calls may finish after SIGTERM, in ms',
    default: '30000',
  },
  {
    name: 'NODE_ENV',
    meaning: '`production` switches the demo model off and refuses an unsafe configuration',
    default: 'development',
  },

  {
    name: 'AI_GATEWAY_UPSTREAM',
    meaning: `base URL of the default upstream, which is named \`openai\` when it is OpenAI's, else \`default\`; ${BASE_URL_HELP}`,
    default: 'https://api.openai.com/v1',
  },
  {
    name: 'AI_GATEWAY_UPSTREAMS',
    meaning: 'more upstreams by name: `azure=https://…/v1,local=http://localhost:8080/v1`',
  },
  {
    name: 'AI_GATEWAY_API_KEY',
    meaning: 'credential for every upstream without a key of its own, used when the client sends none',
    isSecret: true,
  },
  {
    name: 'OPENAI_API_KEY',
    meaning: 'the same; `AI_GATEWAY_API_KEY` wins',
    isSecret: true,
  },
  {
    name: UPSTREAM_KEY_VARIABLE,
    meaning: 'credential of the upstream of that name alone; `<NAME>` in capitals, `_` for what is no letter or digit',
    isSecret: true,
  },
  {
    name: 'AI_GATEWAY_MODEL_ROUTES',
    meaning:
      "`modelId:target,…`; `modelId` may be a glob (`gpt-*`), the target is a base URL or an upstream's name; `modelId=servedModel:target` is an alias",
  },
  {
    name: 'AI_GATEWAY_STRICT_MODELS',
    meaning: '`true`: model ids without a route are 404 `model_not_found`',
    default: 'false',
  },
  { name: 'AI_GATEWAY_DEMO', meaning: 'the embedded `demo` model is on', whenUnset: '`true`, `false` in production' },
  {
    name: 'AI_GATEWAY_FORWARD_HEADERS',
    meaning: 'client headers that go upstream beside the allow-list, comma separated',
  },

  {
    name: 'AI_GATEWAY_ACCESS',
    meaning:
      "`open`: callers use their own upstream key, or the gateway's; `keys`: issued keys and signed-in people only",
    default: 'open',
  },
  { name: 'AI_GATEWAY_ADMIN_KEY', meaning: 'opens `/api`, never `/v1`', isSecret: true },
  {
    name: 'AI_GATEWAY_SECRET',
    meaning: 'at least 32 bytes; seals saved credentials and keys the hashes; production requires it',
    whenUnset: 'made once beside the database (`<file>.secret`), per start in memory',
    isSecret: true,
  },
  {
    name: 'AI_GATEWAY_SECRET_PREVIOUS',
    meaning: 'old secrets, comma separated, that still open what they sealed; renewed on use',
    isSecret: true,
  },
  {
    name: 'GOOGLE_CLIENT_ID',
    meaning: 'client id of the OAuth client; with `GOOGLE_CLIENT_SECRET` it switches sign-in on',
    whenUnset: 'no sign-in',
  },
  { name: 'GOOGLE_CLIENT_SECRET', meaning: 'secret of the OAuth client', whenUnset: 'no sign-in', isSecret: true },
  {
    name: 'GOOGLE_AUTHORIZATION_URL',
    meaning: 'authorization endpoint of another provider of the same protocol',
    default: 'https://accounts.google.com/o/oauth2/v2/auth',
  },
  {
    name: 'GOOGLE_TOKEN_URL',
    meaning: 'its token endpoint',
    default: 'https://oauth2.googleapis.com/token',
  },
  {
    name: 'GOOGLE_USERINFO_URL',
    meaning: 'its userinfo endpoint; the path ends in `/userinfo`',
    default: 'https://openidconnect.googleapis.com/v1/userinfo',
  },
  {
    name: 'JWT_SECRET',
    meaning: 'signs sessions; at least 32 bytes in production',
    whenUnset: 'derived from `AI_GATEWAY_SECRET`',
    isSecret: true,
  },
  { name: 'SESSION_SECRET', meaning: 'the same; `JWT_SECRET` wins', isSecret: true },
  { name: 'AI_GATEWAY_ADMIN_EMAILS', meaning: 'e-mail addresses of the administrators, comma separated' },
  {
    name: 'AI_GATEWAY_ALLOWED_DOMAINS',
    meaning: 'e-mail domains whose people may sign in, comma separated',
    whenUnset: 'all',
  },
  {
    name: 'AI_GATEWAY_ALLOWED_BASE_URLS',
    meaning: 'base URLs that people may save with their credentials, beside the configured upstreams',
  },

  {
    name: 'AI_GATEWAY_RATE_LIMIT_RPM',
    meaning: 'requests per minute per key, or per address without a key; `0` = no limit',
    default: '60',
  },
  {
    name: 'AI_GATEWAY_FLOOD_RPM',
    meaning: 'failed authentications per minute from one address before unknown keys from there get 429',
    default: '300',
  },
  {
    name: 'AI_GATEWAY_RETRY_ATTEMPTS',
    meaning: 'retries after the first try: `3` means at most four calls, `0` one',
    default: '3',
  },
  {
    name: 'AI_GATEWAY_RETRY_DELAY_MS',
    meaning: 'first delay before a retry, in ms; grows, with jitter',
    default: '1000',
  },
  { name: 'AI_GATEWAY_CONNECT_TIMEOUT_MS', meaning: 'TCP and TLS to the upstream, in ms', default: '5000' },
  { name: 'AI_GATEWAY_FIRST_EVENT_TIMEOUT_MS', meaning: "until a stream's first event, in ms", default: '120000' },
  { name: 'AI_GATEWAY_IDLE_TIMEOUT_MS', meaning: 'silence inside a stream, in ms', default: '60000' },
  { name: 'AI_GATEWAY_TIMEOUT_MS', meaning: 'a whole buffered call, its retries included, in ms', default: '600000' },
  { name: 'AI_GATEWAY_STREAM_TIMEOUT_MS', meaning: 'a whole stream, in ms', default: '1800000' },
  {
    name: 'AI_GATEWAY_KEEPALIVE_MS',
    meaning: 'silence towards the client before a `: keep-alive` comment goes out, in ms',
    default: '15000',
  },

  { name: 'AI_GATEWAY_PROMPT_LOGGING', meaning: 'previews of prompts and answers are stored', default: 'true' },
  { name: 'AI_GATEWAY_PREVIEW_CHARS', meaning: 'length of a preview in characters; `0` = no text', default: '500' },
  { name: 'AI_GATEWAY_LOG_RETENTION_DAYS', meaning: 'older rows of the prompt log are deleted', default: '30' },
  {
    name: 'AI_GATEWAY_PRICES',
    meaning:
      'prices over the built-in ones, JSON or the path of a JSON file: `{"model": {"input": 2.5, "cachedInput": 1.25, "cacheWrite": 2.5, "output": 10}}`, USD per million tokens, globs allowed',
  },
  {
    name: 'AI_GATEWAY_UNPRICED',
    meaning: 'a call whose price is unknown: `allow`, `warn` or `deny`',
    default: 'warn',
  },
  {
    name: 'DATABASE_PATH',
    meaning: 'SQLite file; parent folders are made',
    whenUnset: 'in memory, lost at the stop',
  },
  { name: 'DB_PATH', meaning: 'the same; `DATABASE_PATH` wins' },
  {
    name: 'DATABASE_SYNCHRONOUS',
    meaning: '`normal` survives a killed process, `full` also a power cut, and is slower',
    default: 'normal',
  },
  { name: 'AI_GATEWAY_WEBHOOK_URL', meaning: 'where budget and health events are sent' },
  {
    name: 'AI_GATEWAY_WEBHOOK_SECRET',
    meaning: 'signs them: `X-Gateway-Signature: sha256=…` over the body',
    isSecret: true,
  },
  {
    name: 'AI_GATEWAY_MODULES',
    meaning: 'paths or packages of Nest modules of your own, imported at the start, comma separated',
  },
  {
    name: 'LOG_LEVEL',
    meaning: '`fatal`, `error`, `warn`, `info`, `debug`, `trace` or `silent`',
    default: 'info',
  },
] as const satisfies readonly Variable[];

/** The name of a variable in the list above. */
export type VariableName = (typeof VARIABLES)[number]['name'];

/**
 * The name of an upstream as it stands in the name of its variable: `eu-azure` → `EU_AZURE`.
 * Two upstreams must not have the same one, else they would share a credential.
 */
export function upstreamNameInVariables(upstreamName: string): string {
  return upstreamName
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_')
    .replace(/^_|_$/g, '');
}

/** `eu-azure` → `AI_GATEWAY_UPSTREAM_EU_AZURE_KEY` */
export function variableOfUpstream(upstreamName: string): `AI_GATEWAY_UPSTREAM_${string}_KEY` {
  return `AI_GATEWAY_UPSTREAM_${upstreamNameInVariables(upstreamName)}_KEY`;
}
