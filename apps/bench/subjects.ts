import { join } from 'node:path';
import { Child } from './child.js';

/** What is measured. `direct` is no proxy at all: its times are taken off the others'. */
export const SUBJECTS = ['direct', 'bare', 'gateway', 'gateway-off', 'gateway-on'] as const;
export type SubjectName = (typeof SUBJECTS)[number];
export type ProxyName = Exclude<SubjectName, 'direct'>;
export const PROXIES = SUBJECTS.filter((name): name is ProxyName => name !== 'direct');

/** Above any load that one process can carry: the limit is kept and read, and never reached. */
const NEVER_REACHED_RPM = '1000000000';

const OFF = { AI_GATEWAY_RATE_LIMIT_RPM: '0', AI_GATEWAY_PROMPT_LOGGING: 'false' };

/** How each gateway is configured; `gateway` is as it comes, without a limit. All write one log line a call. */
export const GATEWAY_SETTINGS: Readonly<Record<Exclude<ProxyName, 'bare'>, Readonly<Record<string, string>>>> = {
  gateway: { AI_GATEWAY_RATE_LIMIT_RPM: '0' },
  'gateway-off': OFF,
  'gateway-on': { AI_GATEWAY_RATE_LIMIT_RPM: NEVER_REACHED_RPM, DATABASE_PATH: 'bench.sqlite' },
};

export const DESCRIPTIONS: Readonly<Record<SubjectName, string>> = {
  direct: 'no proxy',
  bare: 'bare Node http + undici (the baseline)',
  gateway: 'the gateway as it comes: in memory, prompt log on, no limit',
  'gateway-off': 'in memory, prompt log off, no limit',
  'gateway-on': 'SQLite file, prompt log on, limit on',
};

/** Starts the simulator, whose address comes with `/v1`. */
export function startSimulator(folder: string): Promise<Child> {
  const script = '../upstream-simulator/main.js';
  return Child.start({ name: 'simulator', script, folder, env: { SIMULATOR_BENCHMARK: 'true' } });
}

/**
 * @param folder a temporary folder of the run
 * @param name names log and database when one proxy is started more than once
 */
export function startProxy(
  proxy: ProxyName,
  upstreamOrigin: string,
  folder: string,
  name: string = proxy,
): Promise<Child> {
  if (proxy === 'bare') {
    return Child.start({ name, script: './bare-proxy.js', folder, env: { UPSTREAM: upstreamOrigin } });
  }
  const { DATABASE_PATH, ...settings } = GATEWAY_SETTINGS[proxy];
  const env = {
    ...settings,
    PORT: '0',
    AI_GATEWAY_UPSTREAM: `${upstreamOrigin}/v1`,
    ...(DATABASE_PATH === undefined ? {} : { DATABASE_PATH: join(folder, `${name}-${DATABASE_PATH}`) }),
  };
  return Child.start({ name, script: '../../src/main.js', folder, env });
}
