import type { Environment } from '../config/environment-reader.js';
import type { GatewayConfig } from '../config/gateway-config.js';
import { CommandFailedError } from './cli-errors.js';
import { gatewayAddress } from './gateway-address.js';
import { HttpKeyStore } from './http-key-store.js';
import type { KeyStore } from './key-store.js';
import { isGatewayAt } from './running-gateway.js';

/**
 * The running gateway, else the file of one that is not running.
 * @throws {CommandFailedError} when there is neither
 * @throws {StorageStartError} when the file cannot be used
 */
export async function findKeyStore(config: GatewayConfig, env: Environment): Promise<KeyStore> {
  const { origin, isExplicit } = gatewayAddress(env, config.server);
  if (origin !== undefined && (await isGatewayAt(origin))) return new HttpKeyStore(origin, config.adminKey);
  if (isExplicit) {
    throw new CommandFailedError(
      `No gateway answers at ${origin ?? ''} (GATEWAY_URL). Start it, or correct the address.`,
    );
  }
  if (config.storage.databasePath === undefined) {
    const where =
      origin === undefined ? 'PORT=0 does not say where a gateway would be' : `No gateway answers at ${origin}`;
    throw new CommandFailedError(
      `${where}, and no DATABASE_PATH names a file that could hold keys. Start the gateway, or set GATEWAY_URL or DATABASE_PATH.`,
    );
  }
  // Nest and the database take a second to load, which calls of a running gateway need not wait for.
  const { FileKeyStore } = await import('./file-key-store.js');
  return FileKeyStore.open(config);
}
