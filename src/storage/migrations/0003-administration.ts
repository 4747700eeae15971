import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Prices that administrators set, and the trail of what they did. */
export class Administration0003 implements MigrationInterface {
  readonly name = 'Administration0000000000003';

  async up(queryRunner: QueryRunner): Promise<void> {
    const statements = [
      `CREATE TABLE price_overrides (
        model varchar NOT NULL PRIMARY KEY,
        rates text NOT NULL,
        updated_at bigint NOT NULL
      )`,
      `CREATE TABLE audit_entries (
        id varchar NOT NULL PRIMARY KEY,
        at bigint NOT NULL,
        actor varchar NOT NULL,
        action varchar NOT NULL,
        target varchar,
        change text,
        ip varchar
      )`,
      `CREATE INDEX audit_entries_by_actor ON audit_entries (actor, id)`,
      `CREATE INDEX audit_entries_by_action ON audit_entries (action, id)`,
      `CREATE INDEX audit_entries_by_target ON audit_entries (target, id)`,
      `CREATE INDEX audit_entries_by_time ON audit_entries (at, id)`,
      // Holds the few calls without a cost and nothing else, so that re-pricing reads no other row.
      `CREATE INDEX requests_unpriced ON requests (served_model, upstream, seq) WHERE cost_nano_usd IS NULL`,
    ];
    for (const statement of statements) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX requests_unpriced');
    for (const table of ['audit_entries', 'price_overrides']) await queryRunner.query(`DROP TABLE ${table}`);
  }
}
