import type { GroupedCostRow } from '../../../../libs/contracts/costs.js';
import type { UsageGroup } from '../../app/route-search.js';
import { csvLine } from '../../lib/csv.js';
import { plainUsd } from '../../lib/money.js';
import { bucketOf } from './chart-data.js';
import { groupIdOf, groupLabelOf } from './groups.js';

/** Plain decimals, never an exponent; a group whose every call is unpriced has no amount. */
function costOf({ costUsd, requests, unpricedRequests }: GroupedCostRow): string | null {
  return unpricedRequests > 0 && unpricedRequests === requests ? null : plainUsd(costUsd);
}

/** The sums by bucket and group, one line each; together they are the cards. */
export function usageCsv(
  rows: readonly GroupedCostRow[],
  bucket: 'hour' | 'day',
  by: UsageGroup,
  people: ReadonlyMap<string, string>,
): string {
  const head = csvLine([
    `${bucket}_utc`,
    by,
    'name',
    'requests',
    'errors',
    'aborted',
    'input_tokens',
    'cached_input_tokens',
    'output_tokens',
    'reasoning_tokens',
    'cost_usd',
    'unpriced_requests',
    'first_token_p50_ms',
    'first_token_p95_ms',
  ]);
  const lines = rows.map((row) =>
    csvLine([
      bucketOf(row),
      groupIdOf(row, by),
      groupLabelOf(row, by, people),
      row.requests,
      row.errors,
      row.aborted,
      row.inputTokens,
      row.cachedInputTokens,
      row.outputTokens,
      row.reasoningTokens,
      costOf(row),
      row.unpricedRequests,
      row.ttftP50Ms,
      row.ttftP95Ms,
    ]),
  );
  return head + lines.join('');
}
