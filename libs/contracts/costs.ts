import type { IsoTime, Usd } from './lists.js';
import type { RequestStatus } from './prompt-log.js';
import type { TokenCounts } from './tokens.js';

export type CostGroup = 'key' | 'model' | 'upstream' | 'user' | 'tag' | 'day' | 'hour' | 'status';

/** The sums that every row and the total have. `costUsd` is the known part; `unpricedRequests` have none. */
export interface CostSums extends TokenCounts {
  readonly requests: number;
  readonly errors: number;
  readonly costUsd: Usd;
  readonly unpricedRequests: number;
  readonly firstUsedAt: IsoTime | null;
  readonly lastUsedAt: IsoTime | null;
  readonly aborted?: number;
  readonly ttftP50Ms?: number | null;
  readonly ttftP95Ms?: number | null;
}

/** One key's sums; `key` is masked. */
export interface KeyCostRow extends CostSums {
  readonly key: string;
  readonly keyId: string;
  readonly name: string;
}

/** One group's sums; of the named fields those of the asked groups are there. Days and hours are UTC. */
export interface GroupedCostRow extends CostSums {
  readonly key?: string;
  readonly keyId?: string;
  readonly name?: string;
  readonly model?: string | null;
  readonly upstream?: string | null;
  readonly user?: string | null;
  readonly tag?: string | null;
  /** `YYYY-MM-DD` */
  readonly day?: string;
  /** `YYYY-MM-DDTHH:00:00Z` */
  readonly hour?: string;
  readonly status?: RequestStatus;
}

export interface CostsQuery {
  /** One or two groups, comma separated: `day,model`. `key` when absent. */
  readonly groupBy?: CostGroup | `${CostGroup},${CostGroup}`;
  readonly from?: IsoTime;
  readonly to?: IsoTime;
  /** Only calls with this key id; `me` is the own one. */
  readonly key?: string;
  readonly model?: string;
  readonly upstream?: string;
  /** Only calls of this person's id. */
  readonly user?: string;
  readonly status?: RequestStatus;
  /** Groups on one page, 1–1000. */
  readonly limit?: number;
  readonly cursor?: string;
}

export interface Costs<Row extends CostSums = GroupedCostRow> {
  readonly data: readonly Row[];
  readonly nextCursor: string | null;
  readonly total: CostSums;
}
