import type { EnvironmentReader } from './environment-reader.js';
import { anyText, bool, endpointUrl, oneOf, wholeNumber } from './field-schemas.js';
import type { PricesConfig, PromptLogConfig, StorageConfig, WebhookConfig } from './gateway-config.js';
import { readPriceOverrides, type ReadFile } from './price-overrides.js';

/** What is written down about calls, where, and at which prices. */
export function readRecordSettings(
  reader: EnvironmentReader,
  readFile: ReadFile,
): {
  readonly promptLog: PromptLogConfig;
  readonly prices: PricesConfig;
  readonly storage: StorageConfig;
  readonly webhook?: WebhookConfig;
} {
  const webhook = readWebhook(reader);
  return {
    promptLog: {
      isEnabled: reader.read('AI_GATEWAY_PROMPT_LOGGING', bool),
      previewChars: reader.read('AI_GATEWAY_PREVIEW_CHARS', wholeNumber(0, 1_000_000)),
      retentionDays: reader.read('AI_GATEWAY_LOG_RETENTION_DAYS', wholeNumber(1, 36_500)),
    },
    prices: {
      overrides: readPriceOverrides(reader, readFile),
      unpriced: reader.read('AI_GATEWAY_UNPRICED', oneOf('allow', 'warn', 'deny')),
    },
    storage: readStorage(reader),
    ...(webhook === undefined ? {} : { webhook }),
  };
}

function readStorage(reader: EnvironmentReader): StorageConfig {
  const path = reader.read('DATABASE_PATH', anyText) ?? reader.read('DB_PATH', anyText);
  const variable = reader.isSet('DATABASE_PATH') ? 'DATABASE_PATH' : 'DB_PATH';
  if (path !== undefined && /[/\\]$/.test(path)) reader.reject(variable, 'write the path of a file: ./data/gateway.db');
  // SQLite's own word for a database in memory.
  const isFile = path !== undefined && path !== ':memory:';
  return {
    ...(isFile ? { databasePath: path } : {}),
    synchronous: reader.read('DATABASE_SYNCHRONOUS', oneOf('normal', 'full')),
  };
}

function readWebhook(reader: EnvironmentReader): WebhookConfig | undefined {
  const url = reader.read('AI_GATEWAY_WEBHOOK_URL', endpointUrl);
  const secret = reader.secret('AI_GATEWAY_WEBHOOK_SECRET', anyText);
  if (url !== undefined && secret !== undefined) return { url, secret };
  if (reader.isSet('AI_GATEWAY_WEBHOOK_URL') && secret === undefined) {
    reader.reject(
      'AI_GATEWAY_WEBHOOK_SECRET',
      'write the secret that signs the events, or unset AI_GATEWAY_WEBHOOK_URL',
    );
  }
  if (secret !== undefined && !reader.isSet('AI_GATEWAY_WEBHOOK_URL')) {
    reader.reject('AI_GATEWAY_WEBHOOK_URL', 'write where the events go, or unset AI_GATEWAY_WEBHOOK_SECRET');
  }
  return undefined;
}
