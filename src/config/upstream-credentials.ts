import type { EnvironmentReader } from './environment-reader.js';
import type { CredentialSource, UpstreamConfig } from './gateway-config.js';
import type { Secret } from './secret.js';
import type { UpstreamAddress } from './upstream-directory.js';
import { variableOfUpstream } from './variables.js';

interface SourcedCredential {
  readonly credential?: Secret;
  readonly credentialSource: CredentialSource;
}

/**
 * Gives every upstream the credential it is called with when the client brings none: its own, else the shared one,
 * of which `AI_GATEWAY_API_KEY` wins over `OPENAI_API_KEY`.
 */
export function withCredentials(
  reader: EnvironmentReader,
  [first, ...others]: readonly [UpstreamAddress, ...UpstreamAddress[]],
): readonly [UpstreamConfig, ...UpstreamConfig[]] {
  const shared = sharedCredential(reader);
  const withCredential = (address: UpstreamAddress): UpstreamConfig => {
    const variable = variableOfUpstream(address.name);
    const own = reader.secret(variable);
    const { name, baseUrl, query, kind, isDefault, azureDeployment } = address;
    return {
      name,
      baseUrl,
      query,
      kind,
      ...(own === undefined ? shared : { credential: own, credentialSource: variable }),
      isDefault,
      ...(azureDeployment === undefined ? {} : { azureDeployment }),
    };
  };
  return [withCredential(first), ...others.map(withCredential)];
}

function sharedCredential(reader: EnvironmentReader): SourcedCredential {
  // Both are read, so that a bad one is reported even when the other wins.
  const [first, second] = [reader.secret('AI_GATEWAY_API_KEY'), reader.secret('OPENAI_API_KEY')];
  if (first !== undefined) return { credential: first, credentialSource: 'AI_GATEWAY_API_KEY' };
  if (second !== undefined) return { credential: second, credentialSource: 'OPENAI_API_KEY' };
  return { credentialSource: 'none' };
}
