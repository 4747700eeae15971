import type { GatewayConfig } from '../../config/gateway-config.js';

/** Upstreams that may stand in a label: those of the configuration. A person's own are counted as `other`. */
export function upstreamNames(config: GatewayConfig): string[] {
  const names = config.upstreams.map(({ name }) => name);
  return config.demo ? [...names, 'demo'] : names;
}
