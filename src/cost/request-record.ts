import type { AppliedPrice, LimitReadings, RequestRecord, RouteDecision, Try } from '../../libs/contracts/requests.js';
import { usdPerMillionTokens, type ModelPrice } from '../../libs/pricing/model-price.js';
import type { RequestEntity } from '../storage/entities/request.entity.js';
import { toRequestRow } from '../storage/request-row.js';
import { toPricePerMillion } from './price.service.js';
import { tryMessage } from './try-messages.js';

const PICO_PER_USD = 1e12;

/** A try as the ledger's row keeps it. */
interface StoredTry {
  readonly upstream: string;
  readonly model: string | null;
  readonly startedAt: number;
  readonly durationMs: number | null;
  readonly httpStatus: number | null;
  readonly error: string | null;
  readonly free?: true;
}

/** One call whole, as `/api/requests/{id}` shows it. */
export interface WholeRequest extends RequestRecord {
  readonly endedAt: string;
  readonly cacheWriteTokens: number;
  /** Model that the upstream says it served. */
  readonly reportedModel: string | null;
}

export function toRequestRecord(row: RequestEntity, showsText: boolean): WholeRequest {
  return {
    ...toRequestRow(row, showsText),
    endedAt: new Date(row.endedAt).toISOString(),
    cacheWriteTokens: row.cacheWriteTokens,
    reportedModel: row.reportedModel,
    price: row.price === null ? null : toAppliedPrice(JSON.parse(row.price) as ModelPrice),
    tries: (JSON.parse(row.tries) as StoredTry[]).map(toTry),
    timings: { overheadMs: row.overheadMs, firstEventMs: row.firstEventMs, totalMs: row.latencyMs },
    route: toRoute(row),
    limits: JSON.parse(row.limits) as LimitReadings,
  };
}

function toTry({ upstream, model, startedAt, durationMs, httpStatus, error, free }: StoredTry): Try {
  return {
    upstream,
    model: model ?? '',
    startedAt: new Date(startedAt).toISOString(),
    durationMs: durationMs ?? 0,
    httpStatus,
    error: error === null ? null : { code: error, message: tryMessage(error) },
    ...(free === true ? { free } : {}),
  };
}

/** The rates that lists show, and those of other kinds of tokens where the price has them. */
function toAppliedPrice(price: ModelPrice): AppliedPrice {
  const { source: _source, perRequest, audioHour, ...perToken } = price;
  const rates = Object.fromEntries(Object.entries(perToken).map(([name, pico]) => [name, usdPerMillionTokens(pico)]));
  return {
    ...rates,
    ...(perRequest === undefined ? {} : { perRequest: perRequest / PICO_PER_USD }),
    ...(audioHour === undefined ? {} : { audioHour: audioHour / PICO_PER_USD }),
    ...toPricePerMillion(price),
  };
}

function toRoute({ model, routeRule, upstream, servedModel }: RequestEntity): RouteDecision | null {
  if (model === null || routeRule === null || upstream === null || servedModel === null) return null;
  return { requestedModel: model, rule: routeRule, upstream, servedModel };
}
