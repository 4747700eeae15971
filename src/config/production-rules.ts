import { Buffer } from 'node:buffer';
import type { EnvironmentReader } from './environment-reader.js';
import { anyText } from './field-schemas.js';
import type { GatewayConfig } from './gateway-config.js';
import { isLoopbackHost } from './loopback.js';

const SHORTEST_SECRET_BYTES = 32;

const ADVICE = `write at least ${SHORTEST_SECRET_BYTES} random bytes: node -p "crypto.randomBytes(32).toString('base64')"`;

/** Secrets that stand in documentation and templates, long ones above all: short ones are refused anyway. */
const WELL_KNOWN = new Set([
  'a-string-secret-at-least-256-bits-long',
  'your-super-secret-jwt-token-with-at-least-32-characters-long',
  'my-32-character-ultra-secure-and-ultra-long-secret',
  'my-super-secret-key-that-is-at-least-32-bytes-long',
  'this-is-a-secret-key-for-development-only',
  'complex_password_at_least_32_characters_long',
  'iron-session-password-at-least-32-characters',
  '0123456789abcdef0123456789abcdef',
  '00000000000000000000000000000000',
  '12345678901234567890123456789012',
]);

const PLACEHOLDER = /change[-_ ]?(me|this|it)\b|\b(your|replace|placeholder|example|insecure|default)[-_ ]/i;

/**
 * Refuses in production what would be an open door, and warns of the same in development: a missing, short or
 * well-known secret, and a credential that anyone who reaches the gateway could spend.
 */
export function checkSafety(
  reader: EnvironmentReader,
  config: Pick<GatewayConfig, 'server' | 'upstreams' | 'access' | 'isAccessExplicit'>,
): void {
  const { isProduction, host } = config.server;
  for (const name of ['AI_GATEWAY_SECRET', 'JWT_SECRET', 'SESSION_SECRET'] as const) {
    const weakness = weaknessOf(reader.secret(name, anyText)?.reveal());
    if (weakness === undefined) continue;
    if (isProduction) reader.reject(name, `it ${weakness}; ${ADVICE}`);
    else reader.warn(`${name} ${weakness}; production refuses it.`);
  }
  if (!isProduction) return;
  if (!reader.isSet('AI_GATEWAY_SECRET')) {
    reader.reject('AI_GATEWAY_SECRET', `production needs it; ${ADVICE}`);
  }
  const source = config.upstreams.find(({ credential }) => credential !== undefined)?.credentialSource;
  if (config.access === 'open' && !config.isAccessExplicit && source !== undefined && !isLoopbackHost(host)) {
    reader.reject(
      'AI_GATEWAY_ACCESS',
      `anyone who reaches HOST=${host} could spend ${source}; write keys to demand issued keys or sign-in, or open if that is meant`,
    );
  }
}

function weaknessOf(secret: string | undefined): string | undefined {
  if (secret === undefined) return undefined;
  if (Buffer.byteLength(secret) < SHORTEST_SECRET_BYTES) return `is shorter than ${SHORTEST_SECRET_BYTES} bytes`;
  return WELL_KNOWN.has(secret.toLowerCase()) || PLACEHOLDER.test(secret) ? 'is well known' : undefined;
}
