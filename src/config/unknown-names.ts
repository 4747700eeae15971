import type { Environment, EnvironmentReader } from './environment-reader.js';
import { nearestName } from './nearest-name.js';
import { UPSTREAM_KEY_VARIABLE, VARIABLES, variableOfUpstream } from './variables.js';

/**
 * Kubernetes gives every container of a namespace with a service `ai-gateway` variables of these shapes:
 * `AI_GATEWAY_SERVICE_HOST`, `AI_GATEWAY_PORT=tcp://…`, `AI_GATEWAY_PORT_3002_TCP_ADDR`.
 * @see https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables
 */
const SERVICE_LINK = /_SERVICE_(HOST|PORT(_\w+)?)$|_PORT_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?$/;
const SERVICE_LINK_ADDRESS = /^(tcp|udp|sctp):\/\//;

function isServiceLink(name: string, value: string | undefined): boolean {
  return SERVICE_LINK.test(name) || SERVICE_LINK_ADDRESS.test(value ?? '');
}

/** Warns of every set `AI_GATEWAY_*` variable that nothing reads; most are spelling mistakes. */
export function warnOfUnknownNames(
  reader: EnvironmentReader,
  env: Environment,
  upstreamNames: readonly string[],
): void {
  const known: string[] = [
    ...VARIABLES.map(({ name }) => name).filter((name) => name !== UPSTREAM_KEY_VARIABLE),
    ...upstreamNames.map(variableOfUpstream),
  ];
  for (const name of reader.names) {
    if (!name.startsWith('AI_GATEWAY_') || known.includes(name) || isServiceLink(name, env[name])) continue;
    const isKeyOfNone = /^AI_GATEWAY_UPSTREAM_.*_KEY$/.test(name);
    const why = isKeyOfNone
      ? `no upstream has that name (there are ${upstreamNames.join(', ')})`
      : 'there is no such variable';
    reader.warn(`${name} is not read: ${why}. Did you mean ${nearestName(name, known) ?? ''}?`);
  }
}
