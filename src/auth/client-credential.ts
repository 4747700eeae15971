import type { IncomingMessage } from 'node:http';
import type { ClientCredential } from '../http/caller.js';
import { AmbiguousCredentialsError, InvalidApiKeyError } from './auth-errors.js';

type CredentialHeader = ClientCredential['header'];

/**
 * The one credential of a request: `Authorization: Bearer`, `x-api-key` or `api-key`. An empty one counts as none:
 * clients without a key send the header all the same.
 *
 * Headers are read as they came: Node keeps the first of two `Authorization` headers and would hide the second.
 * @throws {AmbiguousCredentialsError} when two different ones came
 * @throws {InvalidApiKeyError} when `Authorization` has another scheme
 */
export function readClientCredential(request: IncomingMessage): ClientCredential | undefined {
  const { rawHeaders } = request;
  let found: ClientCredential | undefined;
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const header = credentialHeader(rawHeaders[index] ?? '');
    if (!header) continue;
    const value = credentialValue(header, rawHeaders[index + 1] ?? '');
    if (value === '') continue;
    if (found && found.value !== value) throw new AmbiguousCredentialsError();
    found ??= { value, header };
  }
  return found;
}

/** The lengths spare the lower-casing of every other header. */
function credentialHeader(name: string): CredentialHeader | undefined {
  if (name.length !== 13 && name.length !== 9 && name.length !== 7) return undefined;
  const lower = name.toLowerCase();
  return lower === 'authorization' || lower === 'x-api-key' || lower === 'api-key' ? lower : undefined;
}

function credentialValue(header: CredentialHeader, raw: string): string {
  if (header !== 'authorization') return raw.trim();
  const [scheme = '', ...rest] = raw.trim().split(/\s+/);
  if (scheme === '') return '';
  if (scheme.toLowerCase() !== 'bearer' || rest.length > 1) {
    throw new InvalidApiKeyError('The Authorization header is not understood. Send it as Authorization: Bearer <key>.');
  }
  return rest[0] ?? '';
}
