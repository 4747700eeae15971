/** A list answer. Stable under inserts: pass `nextCursor` as `cursor` to read on; `null` is the end. */
export interface Page<Row> {
  readonly data: readonly Row[];
  readonly nextCursor: string | null;
}

/** Query parameters of every list. */
export interface PageQuery {
  /** 1–1000, 100 when absent. */
  readonly limit?: number;
  readonly cursor?: string;
}

/** ISO 8601 in UTC, for example `2026-11-24T14:03:27.512Z`. */
export type IsoTime = string;

/** Decimal USD with up to nine places. `null` is an unknown price, never zero. */
export type Usd = number;
