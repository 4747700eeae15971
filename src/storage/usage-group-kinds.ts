import {
  addDelta,
  emptyDelta,
  groupId,
  type GroupDeltas,
  type UsageDelta,
  type UsageGroup,
} from './usage-accumulator.js';

/**
 * What the groups of a kind tell apart: `whole` everything, `all` nothing, the others one thing each. Sums are asked by
 * one thing nearly always, and a group that tells only that apart has a fraction of the rows.
 */
export type UsageGroupKind = 'whole' | 'all' | 'key' | 'user' | 'model' | 'upstream' | 'status' | 'tag';

/** Of the columns of `UsageGroup`, the one that a kind keeps. */
const KEPT_COLUMN: Readonly<Record<Exclude<UsageGroupKind, 'whole'>, number>> = {
  all: 0,
  key: 1,
  user: 2,
  model: 3,
  upstream: 5,
  status: 6,
  tag: 7,
};

/** The sums of whole groups, and of the groups of every other kind that they belong to. */
export function ofEveryKind(deltas: Iterable<GroupDeltas>): readonly GroupDeltas[] {
  const whole = [...deltas];
  const narrow = new Map<string, GroupDeltas>();
  for (const { group, hours } of whole) {
    for (const [kind, kept] of Object.entries(KEPT_COLUMN)) {
      addTo(narrow, narrowed(group, kind as UsageGroupKind, kept), hours);
    }
  }
  return [...whole, ...narrow.values()];
}

function narrowed(group: UsageGroup, kind: UsageGroupKind, kept: number): UsageGroup {
  const value = (column: number): string => (column === kept ? group[column as 1] : '');
  return [kind, value(1), value(2), value(3), value(4), value(5), value(6), value(7)];
}

function addTo(groups: Map<string, GroupDeltas>, group: UsageGroup, hours: ReadonlyMap<number, UsageDelta>): void {
  const id = groupId(group);
  let sums = groups.get(id);
  if (!sums) groups.set(id, (sums = { group, hours: new Map() }));
  for (const [hour, delta] of hours) {
    let sum = sums.hours.get(hour);
    if (!sum) sums.hours.set(hour, (sum = emptyDelta(delta.firstUsedAt)));
    addDelta(sum, delta);
  }
}
