import type { EnvironmentReader } from './environment-reader.js';
import type { GatewayConfig, UpstreamConfig } from './gateway-config.js';
import { isLoopbackHost } from './loopback.js';
import { variableOfUpstream } from './variables.js';

const BUILT_IN_KINDS = ['openai', 'azure'];

const SHARED_SOURCES = ['AI_GATEWAY_API_KEY', 'OPENAI_API_KEY'];

/** Warns of upstreams that are allowed but probably not meant like this. */
export function warnOfUpstreams(reader: EnvironmentReader, config: Pick<GatewayConfig, 'upstreams' | 'modules'>): void {
  warnOfSharedCredential(reader, config.upstreams);
  for (const { name, kind, azureDeployment, query } of config.upstreams) {
    if (!BUILT_IN_KINDS.includes(kind) && config.modules.length === 0) {
      reader.warn(
        `${name} needs a provider "${kind}"; ${BUILT_IN_KINDS.join(' and ')} are built in, others come with AI_GATEWAY_MODULES.`,
      );
    }
    if (azureDeployment !== undefined && !/[?&]api-version=./.test(query)) {
      reader.warn(
        `${name} is a classic Azure address without ?api-version=… at its end; Azure itself refuses such calls.`,
      );
    }
  }
}

/** A key meant for the default upstream reaches other companies' machines, too, unless these have keys of their own. */
function warnOfSharedCredential(reader: EnvironmentReader, [, ...others]: readonly UpstreamConfig[]): void {
  const receivers = others.filter(
    ({ credentialSource, baseUrl }) =>
      SHARED_SOURCES.includes(credentialSource) && !isLoopbackHost(new URL(baseUrl).hostname),
  );
  const [first] = receivers;
  if (first === undefined) return;
  const list = receivers.map(({ name }) => `${name} (a key of its own would be ${variableOfUpstream(name)})`);
  reader.warn(`${first.credentialSource} also goes to ${list.join(', ')}.`);
}
