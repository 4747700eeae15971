import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import {
  parsePriceOverrides,
  PriceOverridesError,
  type PriceOverrides,
} from '../../../libs/pricing/price-overrides.js';
import type { GatewayConfig, ModelRouteConfig } from '../../config/gateway-config.js';
import { PriceService } from '../../cost/price.service.js';
import type { Finding } from './finding.js';

const topic = 'prices';

/** Routes to models without a price: their calls cost nobody knows what, and no budget stops them. */
export function checkPrices(config: GatewayConfig): readonly Finding[] {
  const prices = new PriceService(config);
  const stored = storedOverrides(config.storage.databasePath);
  prices.book.setOverrides(new Map([...prices.configured, ...stored]));
  const routes = config.routes.filter(({ isGlob, servedModel }) => !isGlob || servedModel !== undefined);
  const unpriced = routes.filter((route) => !isPriced(route, config, prices));
  if (unpriced.length === 0) {
    const overrides = prices.configured.size + stored.size;
    return [{ level: 'ok', topic, text: `every routed model has one; overrides: ${overrides}` }];
  }
  const level = config.prices.unpriced === 'deny' ? 'mend' : 'note';
  return unpriced.map(({ pattern, servedModel, upstream }) => {
    const model = servedModel ?? pattern;
    const effect =
      level === 'mend' ? 'calls are refused (AI_GATEWAY_UNPRICED=deny)' : 'calls are counted without a cost';
    const text = `none is known for ${upstream}/${model}: ${effect}; set one in AI_GATEWAY_PRICES or PUT /api/prices/${encodeURIComponent(model)}`;
    return { level, topic, text };
  });
}

function isPriced(route: ModelRouteConfig, config: GatewayConfig, prices: PriceService): boolean {
  const upstream = config.upstreams.find(({ name }) => name === route.upstream);
  return upstream !== undefined && prices.priceOf(upstream, route.servedModel ?? route.pattern) !== null;
}

/** Those that administrators set, read without touching the file; none where it is not there or not readable. */
function storedOverrides(path: string | undefined): PriceOverrides {
  if (path === undefined || !existsSync(path)) return new Map();
  try {
    const db = new Database(path, { readonly: true, fileMustExist: true });
    try {
      const rows = db.prepare('SELECT model, rates FROM price_overrides').all() as { model: string; rates: string }[];
      return parsePriceOverrides(Object.fromEntries(rows.map(({ model, rates }) => [model, JSON.parse(rates)])));
    } finally {
      db.close();
    }
  } catch (error) {
    // A damaged or older file; what is wrong with it is told under storage.
    if (error instanceof Database.SqliteError || error instanceof PriceOverridesError) return new Map();
    throw error;
  }
}
