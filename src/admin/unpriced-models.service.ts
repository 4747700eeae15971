import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SqlParameters } from '../storage/sql-parameters.js';
import { SPAN } from '../storage/usage-spans.js';
import { UsageSums } from '../storage/usage-sums.js';

/** A model of which calls are counted without a cost. */
export interface UnpricedModel {
  /** As the upstream names it. */
  readonly model: string;
  readonly upstream: string;
  readonly requests: number;
  /** Times of the first and the last call in the months in which there are such calls. */
  readonly firstUsedAt: string;
  readonly lastUsedAt: string;
}

const MAX_SHOWN = 1_000;

/** The models without a price that were called, from the sums that outlive the log. */
@Injectable()
export class UnpricedModels {
  constructor(
    private readonly dataSource: DataSource,
    private readonly sums: UsageSums,
  ) {}

  /** Most calls first, at most 1,000. */
  async list(): Promise<readonly UnpricedModel[]> {
    this.sums.flush();
    const parameters = new SqlParameters(this.dataSource);
    const rows: Readonly<Record<keyof UnpricedModel, string | number>>[] = await this.dataSource.query(
      `SELECT g.served_model AS model, g.upstream AS upstream, SUM(s.unpriced_requests) AS requests,
         MIN(s.first_used_at) AS "firstUsedAt", MAX(s.last_used_at) AS "lastUsedAt"
       FROM usage_groups g CROSS JOIN usage_sums s
       WHERE g.kind = ${parameters.mark('whole')} AND g.served_model <> ${parameters.mark('')}
         AND s.group_id = g.id AND s.span = ${parameters.mark(SPAN.month)} AND s.unpriced_requests > 0
       GROUP BY g.served_model, g.upstream
       ORDER BY SUM(s.unpriced_requests) DESC, g.served_model, g.upstream
       LIMIT ${parameters.mark(MAX_SHOWN)}`,
      parameters.values,
    );
    return rows.map(({ model, upstream, requests, firstUsedAt, lastUsedAt }) => ({
      model: String(model),
      upstream: String(upstream),
      requests: Number(requests),
      firstUsedAt: new Date(Number(firstUsedAt)).toISOString(),
      lastUsedAt: new Date(Number(lastUsedAt)).toISOString(),
    }));
  }
}
