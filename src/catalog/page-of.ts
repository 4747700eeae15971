import type { Page } from '../../libs/contracts/lists.js';
import { readCursor, toCursor } from '../http/opaque-cursor.js';

const DEFAULT_LIMIT = 100;

export interface PageRequest {
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

/**
 * One page of a list that is made anew for each request.
 * @param rows ascending by their key
 * @param keyOf unique; the cursor names the last one shown, so rows that come and go meanwhile shift nothing
 * @throws {InvalidRequestError} for a cursor that no such list gave
 */
export function pageOf<Row, Key extends string | number>(
  rows: readonly Row[],
  keyOf: (row: Row) => Key,
  { limit = DEFAULT_LIMIT, cursor }: PageRequest,
): Page<Row> {
  const isPosition = (parts: readonly unknown[]): parts is [Key] => {
    const [first] = rows;
    return parts.length === 1 && (first === undefined || typeof parts[0] === typeof keyOf(first));
  };
  const after = cursor === undefined ? undefined : readCursor(cursor, isPosition)[0];
  const rest = after === undefined ? rows : rows.filter((row) => keyOf(row) > after);
  const data = rest.slice(0, limit);
  const last = rest.length > limit ? data.at(-1) : undefined;
  return { data, nextCursor: last === undefined ? null : toCursor([keyOf(last)]) };
}
