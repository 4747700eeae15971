import type { RequestRow } from '../../../../libs/contracts/prompt-log.js';

/** A stretch of the list; its rows may have been let go of, its place stays. */
export interface LogPage {
  /** Where it begins; `null` at the top. */
  readonly cursor: string | null;
  readonly size: number;
  readonly lastId: string | null;
  readonly rows: readonly RequestRow[] | null;
}

/** The list as far as it is known: what came while it was open, then pages as they were read. */
export interface LogRows {
  readonly live: readonly RequestRow[];
  readonly pages: readonly LogPage[];
  /** Where the next page begins; `null` at the end. */
  readonly nextCursor: string | null;
}

export const PAGE_SIZE = 200;
export const PAGES_KEPT = 20;

export const noRows: LogRows = { live: [], pages: [], nextCursor: null };

export function countRows({ live, pages }: LogRows): number {
  return pages.reduce((sum, { size }) => sum + size, live.length);
}

/** The row at a place; `null` where its page has been let go of. */
export function rowAt(rows: LogRows, index: number): RequestRow | null {
  if (index < rows.live.length) return rows.live[index] ?? null;
  let left = index - rows.live.length;
  for (const page of rows.pages) {
    if (left < page.size) return page.rows?.[left] ?? null;
    left -= page.size;
  }
  return null;
}

/** The pages that hold the places from `first` to `last`, both included. */
export function pagesBetween({ live, pages }: LogRows, first: number, last: number): readonly number[] {
  const found: number[] = [];
  let start = live.length;
  for (const [index, { size }] of pages.entries()) {
    if (start <= last && first < start + size) found.push(index);
    start += size;
  }
  return found;
}

/** A page that was read at the end of the list. */
export function withPage(
  rows: LogRows,
  cursor: string | null,
  data: readonly RequestRow[],
  nextCursor: string | null,
): LogRows {
  const own = unknownRows(rows.live, data);
  const page: LogPage = { cursor, size: own.length, lastId: own.at(-1)?.requestId ?? null, rows: own };
  return { ...rows, pages: [...rows.pages, page], nextCursor };
}

/**
 * A page that was let go of and read again. Calls that ended meanwhile may have come between its rows: it ends where it
 * ended before, so that no row stands in two pages or in none.
 */
export function withPageAgain(rows: LogRows, index: number, data: readonly RequestRow[]): LogRows {
  const before = rows.pages[index];
  if (!before) return rows;
  const last = data.findIndex(({ requestId }) => requestId === before.lastId);
  const stretch = last === -1 ? data.slice(0, before.size) : data.slice(0, last + 1);
  const own = unknownRows(rows.live, stretch);
  return { ...rows, pages: rows.pages.with(index, { ...before, size: own.length, rows: own }) };
}

/** Keeps the rows of the pages nearest to those that are seen. */
export function forgetFarPages(rows: LogRows, seen: readonly number[]): LogRows {
  const held = rows.pages.flatMap(({ rows: own }, index) => (own ? [index] : []));
  if (held.length <= PAGES_KEPT || seen.length === 0) return rows;
  const middle = ((seen[0] ?? 0) + (seen.at(-1) ?? 0)) / 2;
  const kept = new Set([...held].sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle)).slice(0, PAGES_KEPT));
  return { ...rows, pages: rows.pages.map((page, index) => (kept.has(index) ? page : { ...page, rows: null })) };
}

/** New rows at the top, without those that are there already. */
export function withLive(rows: LogRows, fresh: readonly RequestRow[]): LogRows {
  const added = unknownRows(loadedRows(rows), fresh);
  return added.length === 0 ? rows : { ...rows, live: [...added, ...rows.live] };
}

/** Those of the rows that are not among the known ones. */
export function unknownRows(known: readonly RequestRow[], rows: readonly RequestRow[]): readonly RequestRow[] {
  const ids = new Set(known.map(({ requestId }) => requestId));
  return rows.filter(({ requestId }) => !ids.has(requestId));
}

export function loadedRows({ live, pages }: LogRows): readonly RequestRow[] {
  return [...live, ...pages.flatMap(({ rows }) => rows ?? [])];
}

/**
 * The call that was recorded last, as far as rows tell: what is new is asked for after it. Calls are recorded when they
 * end, not in the order in which they began.
 */
export function lastRecorded(rows: readonly RequestRow[]): RequestRow | null {
  return rows.reduce<RequestRow | null>(
    (latest, row) => (latest === null || endOf(row) > endOf(latest) ? row : latest),
    null,
  );
}

function endOf({ at, latencyMs }: RequestRow): number {
  return Date.parse(at) + (latencyMs ?? 0);
}
