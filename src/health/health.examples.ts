import type { GatewayHealth } from './gateway-health.js';
import { VERSION } from './version.js';

const SINCE_START = { version: VERSION, uptimeSeconds: 86_400, access: 'open' } as const;

export const HEALTH_EXAMPLE: GatewayHealth = {
  status: 'ok',
  ...SINCE_START,
  details: { storage: { status: 'ok' }, traffic: { status: 'ok' } },
};

export const UNHEALTHY_EXAMPLE: GatewayHealth = {
  status: 'error',
  ...SINCE_START,
  details: {
    storage: { status: 'broken', message: 'SQLITE_FULL: database or disk is full' },
    traffic: { status: 'ok' },
  },
};
