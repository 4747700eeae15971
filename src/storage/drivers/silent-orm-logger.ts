import type { Logger } from 'typeorm';

/** TypeORM prints queries with their values, and failures that whoever catches them reports anyway. */
export class SilentOrmLogger implements Logger {
  logQuery(): void {}
  logQueryError(): void {}
  logQuerySlow(): void {}
  logSchemaBuild(): void {}
  logMigration(): void {}
  log(): void {}
}
