import type { MigrationInterface, QueryRunner } from 'typeorm';

/** People, their sessions and saved credentials, and the keys that the gateway issues. */
export class People0002 implements MigrationInterface {
  readonly name = 'People0000000000002';

  async up(queryRunner: QueryRunner): Promise<void> {
    const statements = [
      `CREATE TABLE users (
        id varchar NOT NULL PRIMARY KEY,
        issuer varchar NOT NULL,
        subject varchar NOT NULL,
        email varchar NOT NULL,
        name varchar,
        budget_nano_usd bigint,
        budget_period varchar,
        created_at bigint NOT NULL,
        last_seen_at bigint,
        disabled_at bigint,
        UNIQUE (issuer, subject)
      )`,
      `CREATE INDEX users_by_time ON users (created_at, id)`,
      `CREATE TABLE sessions (
        id varchar NOT NULL PRIMARY KEY,
        user_id varchar NOT NULL,
        created_at bigint NOT NULL,
        expires_at bigint NOT NULL
      )`,
      `CREATE INDEX sessions_by_user ON sessions (user_id)`,
      `CREATE INDEX sessions_by_end ON sessions (expires_at)`,
      `CREATE TABLE saved_credentials (
        user_id varchar NOT NULL,
        provider varchar NOT NULL,
        base_url varchar NOT NULL,
        sealed_key text,
        last4 varchar,
        model varchar,
        is_default boolean NOT NULL,
        created_at bigint NOT NULL,
        updated_at bigint NOT NULL,
        PRIMARY KEY (user_id, provider)
      )`,
      `CREATE TABLE virtual_keys (
        id varchar NOT NULL PRIMARY KEY,
        name varchar NOT NULL,
        owner varchar,
        user_id varchar,
        hash varchar NOT NULL UNIQUE,
        last4 varchar NOT NULL,
        previous_hash varchar,
        previous_valid_until bigint,
        models text,
        budget_nano_usd bigint,
        budget_period varchar NOT NULL,
        rpm integer,
        tpm bigint,
        max_parallel integer,
        tags text NOT NULL,
        expires_at bigint,
        disabled_at bigint,
        created_at bigint NOT NULL,
        created_by varchar NOT NULL,
        last_used_at bigint
      )`,
      `CREATE INDEX virtual_keys_by_time ON virtual_keys (created_at, id)`,
      `CREATE INDEX virtual_keys_by_user ON virtual_keys (user_id, created_at, id)`,
    ];
    for (const statement of statements) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of ['virtual_keys', 'saved_credentials', 'sessions', 'users']) {
      await queryRunner.query(`DROP TABLE ${table}`);
    }
  }
}
