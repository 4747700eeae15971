import type { EnvironmentReader } from './environment-reader.js';
import {
  anyText,
  canonicalUpstreamUrl,
  emailAddress,
  emailDomain,
  endpointUrl,
  list,
  oneOf,
  userinfoUrl,
} from './field-schemas.js';
import type { GatewayConfig, GoogleConfig, SecretConfig } from './gateway-config.js';
import { Secret } from './secret.js';

type AccessSettings = Pick<
  GatewayConfig,
  | 'access'
  | 'isAccessExplicit'
  | 'adminKey'
  | 'secret'
  | 'google'
  | 'sessionSecret'
  | 'adminEmails'
  | 'allowedDomains'
  | 'allowedBaseUrls'
>;

/** Who may call, who may sign in, and the secrets that this rests on. */
export function readAccessSettings(reader: EnvironmentReader): AccessSettings {
  const adminKey = reader.secret('AI_GATEWAY_ADMIN_KEY');
  const google = readGoogle(reader);
  const jwtSecret = reader.secret('JWT_SECRET', anyText);
  const sessionSecret = reader.secret('SESSION_SECRET', anyText);
  const signing = jwtSecret ?? sessionSecret;
  return {
    access: reader.read('AI_GATEWAY_ACCESS', oneOf('open', 'keys')),
    isAccessExplicit: reader.isSet('AI_GATEWAY_ACCESS'),
    ...(adminKey === undefined ? {} : { adminKey }),
    secret: readSecrets(reader),
    ...(google === undefined ? {} : { google }),
    ...(signing === undefined ? {} : { sessionSecret: signing }),
    adminEmails: reader.read('AI_GATEWAY_ADMIN_EMAILS', list(emailAddress)) ?? [],
    allowedDomains: reader.read('AI_GATEWAY_ALLOWED_DOMAINS', list(emailDomain)) ?? [],
    allowedBaseUrls: reader.read('AI_GATEWAY_ALLOWED_BASE_URLS', list(canonicalUpstreamUrl)) ?? [],
  };
}

function readSecrets(reader: EnvironmentReader): SecretConfig {
  const previous = new Set(reader.parts('AI_GATEWAY_SECRET_PREVIOUS'));
  return {
    value: reader.secret('AI_GATEWAY_SECRET', anyText),
    previous: [...previous].map((text) => new Secret(text)),
  };
}

function readGoogle(reader: EnvironmentReader): GoogleConfig | undefined {
  const clientId = reader.read('GOOGLE_CLIENT_ID', anyText);
  const clientSecret = reader.secret('GOOGLE_CLIENT_SECRET', anyText);
  const urls = {
    authorizationUrl: reader.read('GOOGLE_AUTHORIZATION_URL', endpointUrl),
    tokenUrl: reader.read('GOOGLE_TOKEN_URL', endpointUrl),
    userinfoUrl: reader.read('GOOGLE_USERINFO_URL', userinfoUrl),
  };
  if (clientId !== undefined && clientSecret !== undefined) return { clientId, clientSecret, ...urls };
  if (clientId !== undefined) {
    reader.reject('GOOGLE_CLIENT_SECRET', 'write the secret that belongs to GOOGLE_CLIENT_ID, or unset both');
  }
  if (clientSecret !== undefined) {
    reader.reject('GOOGLE_CLIENT_ID', 'write the id that belongs to GOOGLE_CLIENT_SECRET, or unset both');
  }
  return undefined;
}
