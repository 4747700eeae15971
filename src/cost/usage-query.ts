import type { CostGroup } from '../../libs/contracts/costs.js';
import type { RowScope } from '../storage/row-scope.js';
import type { UsageGroupKind } from '../storage/usage-group-kinds.js';

export type FilterGroup = 'key' | 'model' | 'upstream' | 'user' | 'status';

/** Of which calls sums are asked, and by what. */
export interface UsageQuery {
  /** None, one, or two different ones. */
  readonly groupBy: readonly CostGroup[];
  /** ms since 1970; `from` is inside the range, `to` is not. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly scope: RowScope;
  readonly filter?: Partial<Readonly<Record<FilterGroup, string>>> | undefined;
}

/** A group's values in the order of `groupBy`; null is the group of calls that have none. */
export type GroupValues = readonly (string | null)[];

/** The longest span whose sums tell apart what is asked by. */
export function longestSpan({ groupBy }: UsageQuery): 'hour' | 'day' | 'month' {
  if (groupBy.includes('hour')) return 'hour';
  return groupBy.includes('day') ? 'day' : 'month';
}

/** The narrowest kind of groups that tells apart what is asked by. */
export function kindFor({ groupBy, scope, filter = {} }: UsageQuery): UsageGroupKind {
  const asked = new Set<UsageGroupKind>(Object.keys(filter) as FilterGroup[]);
  for (const group of groupBy) if (group !== 'day' && group !== 'hour') asked.add(group);
  if (scope.of !== 'all') asked.add(scope.of);
  const [only = 'all'] = asked;
  return asked.size > 1 ? 'whole' : only;
}
