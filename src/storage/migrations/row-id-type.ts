import type { QueryRunner } from 'typeorm';

/** Only a column declared `integer` is SQLite's own row id, which is 64 bits wide; elsewhere `integer` has 32. */
export function rowIdType(queryRunner: QueryRunner): 'integer' | 'bigint' {
  return queryRunner.dataSource.options.type === 'better-sqlite3' ? 'integer' : 'bigint';
}
