import type { CostGroup } from '../../libs/contracts/costs.js';
import type { GroupValues } from './usage-query.js';
import type { GroupColumns, LatencyColumns } from './usage-sql.js';
import { UsageTotals, type SumColumns } from './usage-totals.js';

export interface UsageGroupRow {
  readonly values: GroupValues;
  readonly totals: UsageTotals;
}

/** Puts rows of several queries together by their groups. */
export class UsageGroups {
  private readonly groups = new Map<string, UsageGroupRow>();
  /** What a row's columns lead to: many rows have the same. */
  private readonly known = new Map<string, readonly UsageTotals[]>();
  /** Of all rows; a call with two tags is in two groups and here once. */
  readonly total = new UsageTotals();

  constructor(private readonly groupBy: readonly CostGroup[]) {}

  add(row: GroupColumns & SumColumns): void {
    this.total.add(row);
    for (const totals of this.totalsOf(row)) totals.add(row);
  }

  addLatency(row: GroupColumns & LatencyColumns): void {
    for (const totals of this.totalsOf(row)) totals.addLatency(row.bucket, Number(row.requests));
  }

  /** The groups in the order of their values. */
  sorted(): readonly UsageGroupRow[] {
    return [...this.groups.values()]
      .filter(({ totals }) => !totals.isEmpty)
      .sort((one, other) => compareValues(one.values, other.values));
  }

  private totalsOf(row: GroupColumns): readonly UsageTotals[] {
    const key = `${row.a}\n${row.b}`;
    let totals = this.known.get(key);
    if (!totals) this.known.set(key, (totals = this.valuesOf(row).map((values) => this.group(values))));
    return totals;
  }

  private valuesOf(row: GroupColumns): readonly GroupValues[] {
    const [first, second] = this.groupBy;
    if (first === undefined) return [];
    const firsts = shownValues(first, row.a ?? null);
    if (second === undefined) return firsts.map((a) => [a]);
    return firsts.flatMap((a) => shownValues(second, row.b ?? null).map((b) => [a, b]));
  }

  private group(values: GroupValues): UsageTotals {
    const id = JSON.stringify(values);
    let group = this.groups.get(id);
    if (!group) this.groups.set(id, (group = { values, totals: new UsageTotals() }));
    return group.totals;
  }
}

/** The order of the list: by the first value, then the second; what has none comes first. */
export function compareValues(one: GroupValues, other: GroupValues): number {
  for (const [index, value] of one.entries()) {
    const a = value ?? '';
    const b = other[index] ?? '';
    if (a !== b) return a < b ? -1 : 1;
  }
  return 0;
}

/** What a column's value is shown as. A call with two tags belongs to two groups. */
function shownValues(group: CostGroup, value: string | number | null): GroupValues {
  switch (group) {
    case 'day':
      return [new Date(Number(value)).toISOString().slice(0, 10)];
    case 'hour':
      return [`${new Date(Number(value)).toISOString().slice(0, 13)}:00:00Z`];
    case 'tag': {
      const tags = Object.entries(JSON.parse(String(value)) as Record<string, string>);
      return tags.length === 0 ? [null] : tags.map(([name, text]) => `${name}=${text}`);
    }
    case 'key':
    case 'model':
    case 'upstream':
    case 'user':
    case 'status':
      return [value === null || value === '' ? null : String(value)];
  }
}
