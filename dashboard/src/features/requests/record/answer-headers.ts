import type { RequestRecord } from '../../../../../libs/contracts/requests.js';
import { plainUsd } from '../../../lib/money.js';

/** The gateway's own headers of the answer, as the record tells them. */
export function answerHeaders(record: RequestRecord): readonly (readonly [name: string, value: string])[] {
  const { requestId, upstream, servedModel, attempts, stream, costUsd, limits, timings, error } = record;
  const headers: (readonly [string, string | null])[] = [
    ['X-Request-Id', requestId],
    ['X-Gateway-Upstream', upstream],
    ['X-Gateway-Model', servedModel],
    ['X-Gateway-Attempts', attempts > 0 ? String(attempts) : null],
    ['X-Gateway-Overhead-Ms', timings.overheadMs === null ? null : timings.overheadMs.toFixed(1)],
    [stream ? 'X-Cost-USD (trailer)' : 'X-Cost-USD', costUsd === null || error !== null ? null : plainUsd(costUsd)],
    ['X-RateLimit-Remaining', limits.requests ? String(limits.requests.remaining) : null],
    ['X-RateLimit-Reset-Ms', limits.requests?.resetMs == null ? null : String(Math.round(limits.requests.resetMs))],
  ];
  return headers.filter((header): header is readonly [string, string] => header[1] !== null);
}
