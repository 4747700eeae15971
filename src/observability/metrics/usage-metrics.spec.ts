import type { IncomingMessage, ServerResponse } from 'node:http';
import { NO_USAGE } from '../../../libs/usage/token-usage.js';
import { loadConfig } from '../../config/load-config.js';
import { RequestContext } from '../../http/request-context.js';
import { MetricsRegistry } from './metrics-registry.js';
import { UsageMetrics } from './usage-metrics.js';

const { config } = loadConfig({ AI_GATEWAY_MODEL_ROUTES: 'fast=gpt-4o-mini:openai' });

function aCall(servedModel: string, upstream = 'openai'): RequestContext {
  const context = new RequestContext('req_1', {} as IncomingMessage, {} as ServerResponse);
  context.route = { requestedModel: servedModel, rule: 'default', upstream, servedModel };
  return context;
}

function settled(inputTokens: number, outputTokens: number, costNanoUsd: number | null = 0) {
  return { usage: { ...NO_USAGE, inputTokens, outputTokens }, usageSource: 'upstream' as const, costNanoUsd };
}

async function linesOf({ registry }: MetricsRegistry): Promise<string[]> {
  return (await registry.metrics()).split('\n').filter((line) => line.startsWith('ai_gateway_'));
}

it('adds up tokens by kind and money by model', async () => {
  const registry = new MetricsRegistry();
  const metrics = new UsageMetrics(registry, config);
  metrics.count(aCall('gpt-4o-mini'), settled(10, 5, 1_500_000_000));
  metrics.count(aCall('gpt-4o-mini'), settled(1, 2, 500_000_000));
  metrics.count(aCall('gpt-4o-mini'), settled(1, 0, null));
  expect(await linesOf(registry)).toEqual([
    'ai_gateway_tokens_total{model="gpt-4o-mini",upstream="openai",kind="input"} 12',
    'ai_gateway_tokens_total{model="gpt-4o-mini",upstream="openai",kind="output"} 7',
    'ai_gateway_cost_usd_total{model="gpt-4o-mini",upstream="openai"} 2',
    'ai_gateway_unpriced_calls_total{model="gpt-4o-mini",upstream="openai"} 1',
  ]);
});

it('tells a hundred models apart and calls the rest other, under ten thousand random names', async () => {
  const registry = new MetricsRegistry();
  const metrics = new UsageMetrics(registry, config);
  for (let index = 0; index < 10_000; index += 1)
    metrics.count(aCall(`random-${index}`, `own-${index}`), settled(1, 0));
  metrics.count(aCall('gpt-4o-mini'), settled(1, 0));
  const lines = await linesOf(registry);
  expect(lines).toHaveLength(102);
  expect(lines).toContain('ai_gateway_tokens_total{model="other",upstream="other",kind="input"} 9900');
  expect(lines).toContain('ai_gateway_tokens_total{model="gpt-4o-mini",upstream="openai",kind="input"} 1');
});

it('gives no place to names whose calls used nothing', async () => {
  const registry = new MetricsRegistry();
  const metrics = new UsageMetrics(registry, config);
  for (let index = 0; index < 1_000; index += 1) metrics.count(aCall(`random-${index}`), settled(0, 0, null));
  metrics.count(aCall('llama3:8b'), settled(1, 0));
  const lines = await linesOf(registry);
  expect(lines).toContain('ai_gateway_tokens_total{model="llama3:8b",upstream="openai",kind="input"} 1');
  expect(lines).toContain('ai_gateway_unpriced_calls_total{model="other",upstream="openai"} 1000');
});
