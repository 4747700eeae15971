import type { ObjectLiteral, Repository } from 'typeorm';
import { readCursor, toCursor } from '../http/opaque-cursor.js';

export const DEFAULT_PAGE = 100;

export interface PageRequest {
  /** 1–1000 */
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

export interface PageResult<Row> {
  readonly rows: readonly Row[];
  readonly nextCursor: string | null;
}

interface Listed extends ObjectLiteral {
  id: string;
  createdAt: number;
}

/**
 * One page, newest first. The cursor names the last row shown, so rows that are added meanwhile shift nothing.
 * @param where equalities that narrow the list
 * @throws {InvalidRequestError} for a cursor that no list gave
 */
export async function pageOf<Row extends Listed>(
  rows: Repository<Row>,
  { limit = DEFAULT_PAGE, cursor }: PageRequest,
  where: Readonly<Record<string, string>> = {},
): Promise<PageResult<Row>> {
  const query = rows.createQueryBuilder('row').orderBy('row.createdAt', 'DESC').addOrderBy('row.id', 'DESC');
  for (const [field, value] of Object.entries(where)) query.andWhere(`row.${field} = :${field}`, { [field]: value });
  if (cursor !== undefined) {
    const [at, id] = readCursor(cursor, isPosition);
    query.andWhere('(row.createdAt < :at OR (row.createdAt = :at AND row.id < :id))', { at, id });
  }
  const found = await query.take(limit + 1).getMany();
  const last = found.length > limit ? found[limit - 1] : undefined;
  return { rows: found.slice(0, limit), nextCursor: last ? toCursor([last.createdAt, last.id]) : null };
}

function isPosition(parts: readonly unknown[]): parts is [number, string] {
  return parts.length === 2 && typeof parts[0] === 'number' && typeof parts[1] === 'string';
}
