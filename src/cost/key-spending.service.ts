import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { BudgetPeriod } from '../../libs/contracts/keys.js';
import type { KeySpending, PeriodSpending, SpendingQuery } from '../http/key-spending.js';
import { SqlParameters } from '../storage/sql-parameters.js';
import type { UsageGroupKind } from '../storage/usage-group-kinds.js';
import { UsageSums } from '../storage/usage-sums.js';
import { PERIOD_SPANS, runningPeriod } from './budget-periods.js';

const KINDS = { key_id: 'key', user_id: 'user' } as const satisfies Record<string, UsageGroupKind>;

type Column = keyof typeof KINDS;

/** What keys and people have spent in the period that runs, exact to the last committed call. */
@Injectable()
export class KeySpendingService implements KeySpending {
  constructor(
    private readonly dataSource: DataSource,
    private readonly sums: UsageSums,
  ) {}

  async spendingOf(queries: readonly SpendingQuery[], now = Date.now()): Promise<readonly PeriodSpending[]> {
    this.sums.flush();
    const spent = new Map<string, number>();
    for (const [period, ids] of idsByPeriod(queries)) {
      const { from } = runningPeriod(period, now);
      for (const column of ['key_id', 'user_id'] as const) {
        const asked = ids.filter((id) => columnOf(id) === column);
        for (const [id, nanoUsd] of await this.spentSince(column, asked, PERIOD_SPANS[period], from)) {
          spent.set(`${period} ${id}`, nanoUsd);
        }
      }
    }
    return queries.map(({ id, period }) => {
      const { resetsAt } = runningPeriod(period, now);
      return {
        spentNanoUsd: spent.get(`${period} ${id}`) ?? 0,
        resetsAt: resetsAt === null ? null : new Date(resetsAt),
      };
    });
  }

  private async spentSince(
    column: Column,
    ids: readonly string[],
    span: number,
    from: number,
  ): Promise<readonly (readonly [string, number])[]> {
    if (ids.length === 0) return [];
    const parameters = new SqlParameters(this.dataSource);
    const rows: { id: string; spent: number | string }[] = await this.dataSource.query(
      `SELECT g.${column} AS id, SUM(s.cost_nano_usd) AS spent
       FROM usage_groups g CROSS JOIN usage_sums s
       WHERE g.kind = ${parameters.mark(KINDS[column])}
         AND g.${column} IN (${ids.map((id) => parameters.mark(id)).join(', ')})
         AND s.group_id = g.id AND s.span = ${parameters.mark(span)} AND s.starts_at >= ${parameters.mark(from)}
       GROUP BY g.${column}`,
      parameters.values,
    );
    return rows.map(({ id, spent }) => [id, Number(spent)]);
  }
}

/** A person's spending is that of their sessions and of their keys. */
function columnOf(id: string): Column {
  return id.startsWith('usr_') ? 'user_id' : 'key_id';
}

function idsByPeriod(queries: readonly SpendingQuery[]): ReadonlyMap<BudgetPeriod, readonly string[]> {
  const ids = new Map<BudgetPeriod, string[]>();
  for (const { id, period } of queries) {
    const known = ids.get(period);
    if (known) known.push(id);
    else ids.set(period, [id]);
  }
  return ids;
}
