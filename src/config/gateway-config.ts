import type { Secret } from './secret.js';

/** Everything the gateway can be told, read once at the start and frozen. Nothing else reads `process.env`. */
export interface GatewayConfig {
  readonly server: ServerConfig;
  /** Configured upstreams, at least one; the first is the default upstream. The embedded demo model is not in here. */
  readonly upstreams: readonly [UpstreamConfig, ...UpstreamConfig[]];
  /** Model routes in the order they were written. Default none. */
  readonly routes: readonly ModelRouteConfig[];
  /** True: a model id without a route is answered 404 `model_not_found`. Default false. `AI_GATEWAY_STRICT_MODELS=true` */
  readonly strictModels: boolean;
  /** The embedded `demo` model is on. Default true, false in production. `AI_GATEWAY_DEMO=false` */
  readonly demo: boolean;
  /**
   * `open`: the client's own key is forwarded, or it calls without one. `keys`: only keys issued here and signed-in
   * people. Default `open`. `AI_GATEWAY_ACCESS=keys`
   */
  readonly access: AccessMode;
  /** `access` was written down by the administrator and is not the default. */
  readonly isAccessExplicit: boolean;
  /** Opens `/api`, never `/v1`. Default none. `AI_GATEWAY_ADMIN_KEY=…` */
  readonly adminKey?: Secret;
  readonly secret: SecretConfig;
  readonly limits: LimitsConfig;
  readonly retry: RetryConfig;
  readonly timeouts: TimeoutsConfig;
  readonly promptLog: PromptLogConfig;
  readonly prices: PricesConfig;
  readonly storage: StorageConfig;
  /** Sign-in with Google, or another identity provider of the same protocol. Absent: sign-in is off. */
  readonly google?: GoogleConfig;
  /** Signs sessions. Absent: derived from `secret`. `JWT_SECRET=…`, else `SESSION_SECRET=…` */
  readonly sessionSecret?: Secret;
  /** E-mail addresses, lower case, of the people who are administrators. Default none. `AI_GATEWAY_ADMIN_EMAILS=ann@example.com` */
  readonly adminEmails: readonly string[];
  /** E-mail domains, lower case, whose people may sign in. Default none, which means all. `AI_GATEWAY_ALLOWED_DOMAINS=example.com` */
  readonly allowedDomains: readonly string[];
  /**
   * Base URLs, without trailing slash, that people may save with their own credentials beside the configured
   * upstreams. Default none. `AI_GATEWAY_ALLOWED_BASE_URLS=https://openrouter.ai/api/v1`
   */
  readonly allowedBaseUrls: readonly string[];
  /** Where budget and health events go. Absent: nowhere. */
  readonly webhook?: WebhookConfig;
  /** Client headers, lower case, that go upstream beside the allow-list. Default none. `AI_GATEWAY_FORWARD_HEADERS=x-tenant` */
  readonly forwardHeaders: readonly string[];
  /** Paths or package names of Nest modules imported at the start. Default none. `AI_GATEWAY_MODULES=./guardrail.js` */
  readonly modules: readonly string[];
  readonly log: LogConfig;
}

export type AccessMode = 'open' | 'keys';

export interface ServerConfig {
  /** Address or host name to listen on, without brackets. Default `127.0.0.1`. `HOST=0.0.0.0` */
  readonly host: string;
  /** TCP port, 0–65535; 0 takes a free one. Default 3002. `PORT=8080` */
  readonly port: number;
  /** The gateway's public URL, without trailing slash. Default: its own address. `GATEWAY_PUBLIC_URL=https://ai.example.com` */
  readonly publicUrl?: string;
  /** Where the dashboard runs, without trailing slash. Default: the gateway's own address. `DASHBOARD_URL=http://localhost:5173` */
  readonly dashboardUrl?: string;
  /** CIDRs whose `X-Forwarded-*` count; a single address is written as /32 or /128. Default none. `AI_GATEWAY_TRUSTED_PROXIES=10.0.0.0/8` */
  readonly trustedProxies: readonly string[];
  /** Browser origins that may call `/v1`, never with cookies. Default none. `AI_GATEWAY_CORS_ORIGINS=https://app.example.com` */
  readonly corsOrigins: readonly string[];
  /** Largest request body, bytes. Default 33554432 (32 MiB). `AI_GATEWAY_MAX_BODY_BYTES=1048576` */
  readonly maxBodyBytes: number;
  /** Calls in flight before new ones are answered 503. Default 10000. `AI_GATEWAY_MAX_CONCURRENCY=500` */
  readonly maxConcurrency: number;
  /** How long running calls may finish after SIGTERM, ms. Default 30000. `AI_GATEWAY_DRAIN_MS=10000` */
  readonly drainMs: number;
  /** `NODE_ENV` is `production`. Default false. */
  readonly isProduction: boolean;
}

/** Where an upstream's credential was read from. `<NAME>` is the upstream's name in capitals, other characters as `_`. */
export type CredentialSource = 'AI_GATEWAY_API_KEY' | 'OPENAI_API_KEY' | `AI_GATEWAY_UPSTREAM_${string}_KEY` | 'none';

export interface UpstreamConfig {
  /** Unique, lower case. The default upstream is `openai` when it is OpenAI's, else `default`. Example `local` */
  readonly name: string;
  /** `http:` or `https:`, without query and trailing slash. Default of the first `https://api.openai.com/v1`. */
  readonly baseUrl: string;
  /** Goes on every call: empty, or a query with its question mark. Default ''. Example `?api-version=2024-10-21` */
  readonly query: string;
  /** Name of the provider that speaks to it: `openai` (and all compatible ones), `azure`, `anthropic` or one of a module. */
  readonly kind: string;
  /** Sent when the client brings none. Absent: calls go out without a credential. */
  readonly credential?: Secret;
  /** The variable that `credential` came from. Default `none`. Example `AI_GATEWAY_UPSTREAM_LOCAL_KEY` */
  readonly credentialSource: CredentialSource;
  /** It is the default upstream, the first of the list. */
  readonly isDefault: boolean;
  /** Deployment name of a classic Azure address, a base URL that ends in `/openai/deployments/<name>`. Example `gpt-4o-eu` */
  readonly azureDeployment?: string;
}

export interface ModelRouteConfig {
  /** Model id as the client writes it, or a glob with `*`. Example `gpt-*` */
  readonly pattern: string;
  /** `pattern` contains a `*`. */
  readonly isGlob: boolean;
  /** Name of an entry of `upstreams`; a target written as a bare URL has an entry named after its host. */
  readonly upstream: string;
  /** Model id sent to the upstream; absent: the client's. Example `gpt-4o-mini` of `small=gpt-4o-mini:openai` */
  readonly servedModel?: string;
}

export interface SecretConfig {
  /** At least 32 bytes; seals credentials and keys the hashes. Absent: made by the storage. `AI_GATEWAY_SECRET=…` */
  readonly value: Secret | undefined;
  /** Old secrets that still open what they sealed. Default none. `AI_GATEWAY_SECRET_PREVIOUS=old1,old2` */
  readonly previous: readonly Secret[];
}

export interface LimitsConfig {
  /** Requests per minute per key or address; 0 = no limit. Default 60. `AI_GATEWAY_RATE_LIMIT_RPM=600` */
  readonly rpm: number;
  /** Failed authentications per minute and address before unknown keys get 429, 1 or more. Default 300. `AI_GATEWAY_FLOOD_RPM=100` */
  readonly floodRpm: number;
}

export interface RetryConfig {
  /** Retries after the first try, per target; 0 = none. Default 3. `AI_GATEWAY_RETRY_ATTEMPTS=1` */
  readonly attempts: number;
  /** First delay, ms; the following ones grow. Default 1000. `AI_GATEWAY_RETRY_DELAY_MS=250` */
  readonly delayMs: number;
}

export interface TimeoutsConfig {
  /** TCP and TLS, ms. Default 5000. `AI_GATEWAY_CONNECT_TIMEOUT_MS=2000` */
  readonly connectMs: number;
  /** Until a stream's first event, ms. Default 120000. `AI_GATEWAY_FIRST_EVENT_TIMEOUT_MS=30000` */
  readonly firstEventMs: number;
  /** Silence inside a stream, ms. Default 60000. `AI_GATEWAY_IDLE_TIMEOUT_MS=20000` */
  readonly idleMs: number;
  /** A whole buffered call, its retries included, ms. Default 600000. `AI_GATEWAY_TIMEOUT_MS=120000` */
  readonly totalMs: number;
  /** A whole stream, ms. Default 1800000. `AI_GATEWAY_STREAM_TIMEOUT_MS=3600000` */
  readonly streamMs: number;
  /** Silence towards the client before a comment keeps the stream alive, ms. Default 15000. `AI_GATEWAY_KEEPALIVE_MS=5000` */
  readonly keepAliveMs: number;
}

export interface PromptLogConfig {
  /** Previews of prompts and answers are stored. Default true. `AI_GATEWAY_PROMPT_LOGGING=false` */
  readonly isEnabled: boolean;
  /** Length of a preview, characters; 0 = no text. Default 500. `AI_GATEWAY_PREVIEW_CHARS=0` */
  readonly previewChars: number;
  /** Older rows are deleted, days. Default 30. `AI_GATEWAY_LOG_RETENTION_DAYS=7` */
  readonly retentionDays: number;
}

export interface PricesConfig {
  /**
   * Parsed JSON over the package's prices, USD per million tokens by model or glob; `parsePriceOverrides` reads it.
   * Default undefined. `AI_GATEWAY_PRICES={"gpt-6": {"input": 2.5, "output": 10}}`, or the path of such a file
   */
  readonly overrides: unknown;
  /** What happens to a call whose price is unknown. Default `warn`. `AI_GATEWAY_UNPRICED=deny` */
  readonly unpriced: 'allow' | 'warn' | 'deny';
}

export interface StorageConfig {
  /** SQLite file. Absent: in memory, lost at the stop. `DATABASE_PATH=./data/gateway.db`, else `DB_PATH` */
  readonly databasePath?: string;
  /** SQLite's `synchronous`: `normal` survives a killed process, `full` a power cut. Default `normal`. `DATABASE_SYNCHRONOUS=full` */
  readonly synchronous: 'normal' | 'full';
}

export interface GoogleConfig {
  /** `GOOGLE_CLIENT_ID=123.apps.googleusercontent.com` */
  readonly clientId: string;
  /** `GOOGLE_CLIENT_SECRET=…` */
  readonly clientSecret: Secret;
  /** Default Google's. `GOOGLE_AUTHORIZATION_URL=https://id.example.com/authorize` */
  readonly authorizationUrl: string;
  /** Default Google's. `GOOGLE_TOKEN_URL=https://id.example.com/token` */
  readonly tokenUrl: string;
  /** Default Google's; its path ends in `/userinfo`. `GOOGLE_USERINFO_URL=https://id.example.com/userinfo` */
  readonly userinfoUrl: string;
}

export interface WebhookConfig {
  /** `AI_GATEWAY_WEBHOOK_URL=https://hooks.example.com/ai` */
  readonly url: string;
  /** Signs the body, `X-Gateway-Signature: sha256=…`. `AI_GATEWAY_WEBHOOK_SECRET=…` */
  readonly secret: Secret;
}

export interface LogConfig {
  /** Least severe level that is written. Default `info`. `LOG_LEVEL=debug` */
  readonly level: LogLevel;
  /** Readable lines instead of JSON. Default: standard output is a terminal. */
  readonly isPretty: boolean;
}

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
