import { join } from 'node:path';
import { loadConfig } from '../../src/config/load-config.js';
import { createGateway, type Gateway, type GatewayOptions } from '../../src/create-gateway.js';

export interface RunningGateway {
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  /** Base URL for SDKs: `<origin>/v1`. */
  readonly url: string;
  readonly gateway: Gateway;
  close(): Promise<void>;
}

/** Nothing waits long and nothing is limited, unless a test says so. */
const TEST_DEFAULTS: Readonly<Record<string, string>> = {
  PORT: '0',
  LOG_LEVEL: 'silent',
  // A closed port: no test may reach beyond this machine by leaving the upstream out.
  AI_GATEWAY_UPSTREAM: 'http://127.0.0.1:9/v1',
  AI_GATEWAY_RATE_LIMIT_RPM: '0',
  AI_GATEWAY_RETRY_DELAY_MS: '1',
  AI_GATEWAY_DRAIN_MS: '100',
};

/**
 * Starts the real gateway in this process on a free port of the loopback address.
 * @param env configuration as the environment gives it, over the defaults for tests
 */
export async function startGateway(
  env: Readonly<Record<string, string | undefined>> = {},
  options: GatewayOptions = {},
): Promise<RunningGateway> {
  const { config } = loadConfig({ ...TEST_DEFAULTS, ...env });
  const gateway = await createGateway(config, { dashboardFolder: join(process.cwd(), 'dashboard/dist'), ...options });
  const origin = await gateway.listen();
  return { origin, url: `${origin}/v1`, gateway, close: () => gateway.stop(Promise.resolve()) };
}
