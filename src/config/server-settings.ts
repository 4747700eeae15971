import type { EnvironmentReader } from './environment-reader.js';
import {
  anyText,
  browserOrigin,
  cidr,
  list,
  listenHost,
  LONGEST_TIMER_MS,
  oneOf,
  webAddress,
  wholeNumber,
} from './field-schemas.js';
import type { LogConfig, ServerConfig } from './gateway-config.js';

/** Largest Buffer that every supported Node can make. */
const LARGEST_BODY_BYTES = 2_147_483_647;

const ENVIRONMENTS = ['development', 'production', 'test'];

/** Where the gateway listens, who stands before it, and what it takes in. */
export function readServerSettings(reader: EnvironmentReader): ServerConfig {
  const publicUrl = reader.read('GATEWAY_PUBLIC_URL', webAddress);
  const dashboardUrl = reader.read('DASHBOARD_URL', webAddress);
  const trustedProxies = reader.read('AI_GATEWAY_TRUSTED_PROXIES', list(cidr)) ?? [];
  if (trustedProxies.some((network) => network.endsWith('/0'))) {
    reader.warn('AI_GATEWAY_TRUSTED_PROXIES trusts every address: any caller can claim another address for itself.');
  }
  return {
    host: reader.read('HOST', listenHost),
    port: reader.read('PORT', wholeNumber(0, 65_535)),
    ...(publicUrl === undefined ? {} : { publicUrl }),
    ...(dashboardUrl === undefined ? {} : { dashboardUrl }),
    trustedProxies,
    corsOrigins: reader.read('AI_GATEWAY_CORS_ORIGINS', list(browserOrigin)) ?? [],
    maxBodyBytes: reader.read('AI_GATEWAY_MAX_BODY_BYTES', wholeNumber(1, LARGEST_BODY_BYTES)),
    maxConcurrency: reader.read('AI_GATEWAY_MAX_CONCURRENCY', wholeNumber(1, 1_000_000)),
    drainMs: reader.read('AI_GATEWAY_DRAIN_MS', wholeNumber(0, LONGEST_TIMER_MS)),
    isProduction: readIsProduction(reader),
  };
}

export function readLogSettings(reader: EnvironmentReader, isTerminal: boolean): LogConfig {
  return {
    level: reader.read('LOG_LEVEL', oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent')),
    isPretty: isTerminal,
  };
}

function readIsProduction(reader: EnvironmentReader): boolean {
  // Any word is allowed, since other software reads the variable, too; `Production` must not silently be unsafe.
  const environment = reader.read('NODE_ENV', anyText).toLowerCase();
  if (!ENVIRONMENTS.includes(environment)) {
    reader.warn('NODE_ENV is neither production, development nor test: it is treated as development.');
  }
  return environment === 'production';
}
