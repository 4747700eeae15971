import { addPeople } from './sample-people.mjs';
import { listNoModels, runLastMinutes } from './last-minutes.mjs';
import { moveTo, standAt } from './shifted-clock.mjs';
import { runTraffic } from './sample-traffic.mjs';

const PRICES = {
  'gpt-4o': { input: 2.5, cachedInput: 1.25, output: 10 },
  'gpt-4o-mini': { input: 0.15, cachedInput: 0.075, output: 0.6 },
  'o4-mini': { input: 1.1, cachedInput: 0.275, output: 4.4 },
  'claude-sonnet-4-5': { input: 3, cachedInput: 0.3, cacheWrite: 3.75, output: 15 },
  'text-embedding-3-small': { input: 0.02, output: 0 },
  'mistral-small': { input: 0.1, output: 0.3 },
  'tiny-classifier': { input: 0.00005, output: 0.0001 },
};

/** Short name → what `/api/keys` takes. Limits of calls a minute come after the traffic, or it would be refused. */
const KEYS = {
  search: { name: 'Search', owner: 'bo@example.com', tags: { team: 'search' }, budgetUsd: 4.5, budgetPeriod: 'month' },
  invoices: {
    name: 'Invoice parser',
    owner: 'ann@example.com',
    models: ['fast', 'gpt-4o*', 'claude-*'],
    budgetUsd: 0.12,
    budgetPeriod: 'day',
  },
  ann: { name: 'Ann, scripts', owner: 'ann@example.com' },
  night: {
    name: 'Batch jobs of the night, which nobody has looked at for a year',
    owner: 'Data team',
    budgetUsd: 'spent',
    budgetPeriod: 'week',
  },
  lab: { name: 'Forschung & Lehre', owner: 'lee@example.org', maxParallel: 4 },
  empty: { name: 'مفتاح تجريبي', budgetUsd: 5, budgetPeriod: 'day', expiresAt: '2027-01-31T00:00:00Z' },
  old: { name: 'Old prototype', expiresAt: '2026-11-01T00:00:00Z' },
  off: { name: 'Left the company', disabled: true },
};

/**
 * A gateway with a company's history in it: the real one, its upstream simulated, its clock moved.
 * @param load imports a built module by its path below dist/
 * @param dashboardFolder the built dashboard, served at `/`
 * @param now the moment that everybody's clock shows afterwards, ms since 1970
 * @param days how far the history goes back; 0 leaves it empty
 * @param port, simulatorPort fixed where a picture shows them
 * @returns `{ origin, simulator, keys, close }`
 */
export async function startSampleGateway({ load, dashboardFolder, now, days, port = 0, simulatorPort = 0 }) {
  moveTo(now - (days + 1) * 86_400_000);
  const [{ startSimulator }, { loadConfig }, { createGateway }] = await Promise.all([
    load('apps/upstream-simulator/simulator.js'),
    load('src/config/load-config.js'),
    load('src/create-gateway.js'),
  ]);
  const simulator = await startSimulator({ port: simulatorPort });
  listNoModels(simulator);
  const { config } = loadConfig({
    PORT: String(port),
    LOG_LEVEL: 'silent',
    AI_GATEWAY_UPSTREAM: simulator.url,
    AI_GATEWAY_API_KEY: 'sk-sample',
    AI_GATEWAY_UPSTREAMS: `openai=${simulator.url},anthropic=${simulator.url},local=${simulator.url}`,
    AI_GATEWAY_MODEL_ROUTES:
      'gpt-4o:openai,gpt-4o-mini:openai,o4-mini:openai,text-embedding-3-small:openai,fast=gpt-4o:openai,claude-sonnet-4-5:anthropic,claude-*:anthropic,mistral-small:default,llama3:8b:local,qwen3:local,tiny-classifier:local',
    AI_GATEWAY_PRICES: JSON.stringify(PRICES),
    AI_GATEWAY_RATE_LIMIT_RPM: '0',
    AI_GATEWAY_RETRY_DELAY_MS: '300',
    AI_GATEWAY_CONNECT_TIMEOUT_MS: '2000',
  });
  const gateway = await createGateway(config, { dashboardFolder });
  const origin = await gateway.listen();
  const close = async () => {
    await gateway.stop(Promise.resolve());
    await simulator.close();
  };
  const keys = {};
  const sample = { origin, simulator, keys };
  if (days > 0) {
    const [{ UserEntity }, { DataSource }] = await Promise.all([
      load('src/storage/entities/user.entity.js'),
      import('typeorm'),
    ]);
    await addPeople(gateway.app.get(DataSource).getRepository(UserEntity), now);
    const made = await createKeys(origin);
    Object.assign(keys, made.secrets);
    await runTraffic(sample, { now, days });
    await runLastMinutes(sample, { now, ids: made.ids, administer });
  }
  standAt(now);
  return { ...sample, close };
}

async function createKeys(origin) {
  const secrets = {};
  const ids = {};
  for (const [name, { disabled, budgetUsd, ...settings }] of Object.entries(KEYS)) {
    const key = await administer(origin, 'POST', '/api/keys', settings);
    if (disabled) await administer(origin, 'PATCH', `/api/keys/${key.id}`, { disabled });
    secrets[name] = key.key;
    ids[name] = { id: key.id, budgetUsd };
  }
  return { secrets, ids };
}

async function administer(origin, method, path, body) {
  const answer = await fetch(origin + path, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}
