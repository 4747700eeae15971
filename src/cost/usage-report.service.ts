import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { GATEWAY_CONFIG } from '../config/config.module.js';
import type { GatewayConfig } from '../config/gateway-config.js';
import { DAY_MS, HOUR_MS } from '../storage/usage-spans.js';
import { UsageSums } from '../storage/usage-sums.js';
import { compareValues, UsageGroups, type UsageGroupRow } from './usage-groups.js';
import { longestSpan, type GroupValues, type UsageQuery } from './usage-query.js';
import { coverRange, END_OF_TIME, toWholeHours, type TimeRange } from './usage-range.js';
import { selectLatencies, selectRows, selectSums } from './usage-sql.js';
import type { UsageTotals } from './usage-totals.js';

export interface UsagePage {
  readonly limit: number;
  /** Values of the group that the page before ended with. */
  readonly after?: GroupValues | undefined;
}

export interface UsageReport {
  /** Groups in the order of their values. */
  readonly groups: readonly UsageGroupRow[];
  readonly hasMore: boolean;
  readonly total: UsageTotals;
}

/** Sums of calls by whatever they are asked by, exact to the last committed call. */
@Injectable()
export class UsageReports {
  constructor(
    private readonly dataSource: DataSource,
    private readonly sums: UsageSums,
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
  ) {}

  async report(query: UsageQuery, { limit, after }: UsagePage): Promise<UsageReport> {
    this.sums.flush();
    const groups = await this.collect(query);
    const sorted = groups.sorted();
    const behind = after === undefined ? 0 : sorted.findIndex(({ values }) => compareValues(values, after) > 0);
    const from = behind === -1 ? sorted.length : behind;
    const page = sorted.slice(from, from + limit);
    await this.addLatencies(groups, page, query);
    return { groups: page, hasMore: from + limit < sorted.length, total: groups.total };
  }

  private async collect(query: UsageQuery): Promise<UsageGroups> {
    const { spans, edges } = coverRange(this.exactRange(query), longestSpan(query));
    const groups = new UsageGroups(query.groupBy);
    for (const span of spans) {
      for (const row of await selectSums(this.dataSource, span, query)) groups.add(row);
    }
    for (const edge of edges) {
      for (const row of await selectRows(this.dataSource, edge, query)) groups.add(row);
    }
    return groups;
  }

  /** Times to the first event are known of whole hours; only the groups that are shown need theirs. */
  private async addLatencies(groups: UsageGroups, page: readonly UsageGroupRow[], query: UsageQuery): Promise<void> {
    const whole = toWholeHours(rangeOf(query));
    for (const span of coverRange(narrowedTo(page, query, whole), longestSpan(query)).spans) {
      for (const row of await selectLatencies(this.dataSource, span, query)) groups.addLatency(row);
    }
    for (const span of coverRange(whole, 'month').spans) {
      for (const { bucket, requests } of await selectLatencies(this.dataSource, span, { ...query, groupBy: [] })) {
        groups.total.addLatency(bucket, Number(requests));
      }
    }
  }

  /** Where the rows are gone, only the sums of whole hours are left. */
  private exactRange(query: UsageQuery): TimeRange {
    const asked = rangeOf(query);
    const whole = toWholeHours(asked);
    const rowsSince = Math.max(this.sums.rowsSince, Date.now() - this.config.promptLog.retentionDays * DAY_MS);
    return {
      from: asked.from < rowsSince ? whole.from : asked.from,
      to: asked.to < rowsSince ? whole.to : asked.to,
    };
  }
}

function rangeOf({ from = 0, to = END_OF_TIME }: UsageQuery): TimeRange {
  return { from, to };
}

/** The part of a range that the groups of a page lie in. */
function narrowedTo(page: readonly UsageGroupRow[], { groupBy }: UsageQuery, range: TimeRange): TimeRange {
  const column = groupBy.findIndex((group) => group === 'day' || group === 'hour');
  if (page.length === 0) return { from: 0, to: 0 };
  if (column === -1) return range;
  const starts = page.map(({ values }) => Date.parse(values[column] ?? ''));
  const spanMs = groupBy[column] === 'day' ? DAY_MS : HOUR_MS;
  return {
    from: Math.max(
      range.from,
      starts.reduce((one, other) => Math.min(one, other)),
    ),
    to: Math.min(range.to, starts.reduce((one, other) => Math.max(one, other)) + spanMs),
  };
}
