import type { Environment } from '../../config/environment-reader.js';
import type { GatewayConfig } from '../../config/gateway-config.js';
import { CommandFailedError } from '../cli-errors.js';
import { gatewayAddress } from '../gateway-address.js';
import { healthAt } from '../running-gateway.js';
import type { Finding } from './finding.js';

/** Whether a gateway runs at the configured address, and how it feels. */
export async function checkGateway({ server }: GatewayConfig, env: Environment): Promise<readonly Finding[]> {
  const topic = 'gateway';
  try {
    const { origin, isExplicit } = gatewayAddress(env, server);
    if (origin === undefined) return [{ level: 'note', topic, text: 'PORT=0 takes any free port: not looked for' }];
    const health = await healthAt(origin);
    if (health?.status === 'ok') return [{ level: 'ok', topic, text: `runs at ${origin}` }];
    if (health) {
      return [
        { level: 'mend', topic, text: `the one at ${origin} is not well: GET ${origin}/health says what is wrong` },
      ];
    }
    if (!isExplicit) return [{ level: 'note', topic, text: `none runs at ${origin}` }];
    return [{ level: 'mend', topic, text: `none answers at ${origin}: start it, or correct GATEWAY_URL` }];
  } catch (error) {
    if (!(error instanceof CommandFailedError)) throw error;
    return [{ level: 'mend', topic, text: error.message }];
  }
}
