import type { QueryRunner } from 'typeorm';

/** Only a column declared `integer` is SQLite's own row id, which is 64 bits wide; elsewhere `integer` has 32. */
export function rowIdType(queryRunner: QueryRunner): 'integer' | 'bigint' {
  return isSqlite(queryRunner) ? 'integer' : 'bigint';
}

/** Keeps the rows of a table in the order of its primary key, so that a range of it is read in one go. */
export function clusteredByKey(queryRunner: QueryRunner): 'WITHOUT ROWID' | '' {
  return isSqlite(queryRunner) ? 'WITHOUT ROWID' : '';
}

function isSqlite(queryRunner: QueryRunner): boolean {
  return queryRunner.dataSource.options.type === 'better-sqlite3';
}
