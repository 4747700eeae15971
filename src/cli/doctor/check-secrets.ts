import type { GatewayConfig } from '../../config/gateway-config.js';
import { isLoopbackHost } from '../../config/loopback.js';
import type { Secret } from '../../config/secret.js';
import type { Finding } from './finding.js';

const topic = 'secrets';
const MIN_KEY_CHARS = 20;
const MIN_DISTINCT_CHARS = 8;
const RANDOM = `node -p "crypto.randomBytes(32).toString('base64url')"`;

/** Whether a warning of the configuration is about the strength of a secret; these are told here. */
export function isAboutSecrets(warning: string): boolean {
  return /^(AI_GATEWAY_SECRET|JWT_SECRET|SESSION_SECRET) /.test(warning);
}

/** Whether what guards the gateway can be guessed, and whether anything guards it at all. */
export function checkSecrets(config: GatewayConfig, warnings: readonly string[]): readonly Finding[] {
  const weak = warnings.filter(isAboutSecrets);
  const findings: Finding[] = [
    ...weak.map((warning) => mend(`${warning} Make one: ${RANDOM}`)),
    ...(weak.some((warning) => warning.startsWith('AI_GATEWAY_SECRET '))
      ? []
      : guessable('AI_GATEWAY_SECRET', config.secret.value, 0)),
    ...guessable('AI_GATEWAY_ADMIN_KEY', config.adminKey, MIN_KEY_CHARS),
    ...guessable('AI_GATEWAY_WEBHOOK_SECRET', config.webhook?.secret, MIN_KEY_CHARS),
    ...unguarded(config),
  ];
  if (!config.secret.value) findings.push(absent(config));
  return findings.length > 0 ? findings : [{ level: 'ok', topic, text: 'long and not well known' }];
}

function guessable(name: string, secret: Secret | undefined, minChars: number): Finding[] {
  if (!secret) return [];
  const value = secret.reveal();
  if (value.length < minChars) return [mend(`${name} is shorter than ${minChars} characters. Make one: ${RANDOM}`)];
  if (new Set(value).size < MIN_DISTINCT_CHARS) return [mend(`${name} is too regular. Make one: ${RANDOM}`)];
  return [];
}

function unguarded({ server, adminKey, google, adminEmails }: GatewayConfig): Finding[] {
  if (adminKey || (google && adminEmails.length > 0) || isLoopbackHost(server.host)) return [];
  return [
    {
      level: 'note',
      topic,
      text: `HOST=${server.host} and no administrator: only callers of this very machine can administer; set AI_GATEWAY_ADMIN_KEY`,
    },
  ];
}

function absent({ storage }: GatewayConfig): Finding {
  const text =
    storage.databasePath === undefined
      ? 'AI_GATEWAY_SECRET is not set: keys and sessions end with the process'
      : `AI_GATEWAY_SECRET is not set: it is kept in ${storage.databasePath}.secret; back it up with the database`;
  return { level: 'note', topic, text };
}

function mend(text: string): Finding {
  return { level: 'mend', topic, text };
}
