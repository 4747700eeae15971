import type { Environment } from '../config/environment-reader.js';
import type { ServerConfig } from '../config/gateway-config.js';
import { CommandFailedError } from './cli-errors.js';

export interface GatewayAddress {
  /** Without trailing slash; undefined where the gateway takes any free port. */
  readonly origin: string | undefined;
  /** Somebody wrote down that a gateway is there. */
  readonly isExplicit: boolean;
}

/**
 * `GATEWAY_URL`, else where the configuration says that the gateway listens.
 * @throws {CommandFailedError}
 */
export function gatewayAddress(env: Environment, { host, port }: ServerConfig): GatewayAddress {
  const written = env.GATEWAY_URL?.trim();
  if (written) return { origin: originOf(written), isExplicit: true };
  if (port === 0) return { origin: undefined, isExplicit: false };
  const reached = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return { origin: `http://${reached.includes(':') ? `[${reached}]` : reached}:${port}`, isExplicit: false };
}

function originOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw new CommandFailedError(
      'GATEWAY_URL is not the address of a gateway. Write it like http://127.0.0.1:3002, without user and password.',
    );
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}
