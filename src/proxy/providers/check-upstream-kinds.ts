import type { UpstreamConfig } from '../../config/gateway-config.js';
import { StartError } from '../../http/start-error.js';

/**
 * Every upstream needs a provider that speaks to its kind.
 * @param kinds kinds that the providers of all modules speak to
 * @throws {StartError} which names the first upstream without one
 */
export function checkUpstreamKinds(upstreams: readonly UpstreamConfig[], kinds: readonly string[]): void {
  const orphan = upstreams.find(({ kind }) => !kinds.includes(kind));
  if (!orphan) return;
  const { name, kind, baseUrl } = orphan;
  throw new StartError(
    `The upstream '${name}' (${kind}+${baseUrl}) is of the kind '${kind}', and no provider speaks to that. ` +
      `Add the module that brings one to AI_GATEWAY_MODULES, or write the address without '${kind}+'.`,
  );
}
