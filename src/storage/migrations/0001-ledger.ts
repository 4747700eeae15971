import type { MigrationInterface, QueryRunner } from 'typeorm';
import { clusteredByKey, rowIdType } from './column-types.js';

/** Calls in flight, ended calls, and the sums that outlive them. */
export class Ledger0001 implements MigrationInterface {
  readonly name = 'Ledger0000000000001';

  async up(queryRunner: QueryRunner): Promise<void> {
    const rowId = rowIdType(queryRunner);
    const clustered = clusteredByKey(queryRunner);
    const statements = [
      `CREATE TABLE opened_requests (
        request_id varchar(128) NOT NULL PRIMARY KEY,
        started_at bigint NOT NULL,
        key_id varchar NOT NULL,
        user_id varchar,
        endpoint varchar NOT NULL,
        model varchar,
        is_stream boolean NOT NULL,
        tags text NOT NULL
      ) ${clustered}`,
      `CREATE TABLE requests (
        seq ${rowId} NOT NULL PRIMARY KEY,
        request_id varchar(128) NOT NULL UNIQUE,
        started_at bigint NOT NULL,
        ended_at bigint NOT NULL,
        key_id varchar NOT NULL,
        user_id varchar,
        endpoint varchar NOT NULL,
        model varchar,
        is_stream boolean NOT NULL,
        tags text NOT NULL,
        status varchar NOT NULL,
        http_status integer,
        error_code varchar,
        error_message text,
        served_model varchar,
        reported_model varchar,
        upstream varchar,
        route_rule varchar,
        input_tokens bigint NOT NULL,
        cached_input_tokens bigint NOT NULL,
        cache_write_tokens bigint NOT NULL,
        output_tokens bigint NOT NULL,
        reasoning_tokens bigint NOT NULL,
        usage text,
        usage_source varchar NOT NULL,
        cost_nano_usd bigint,
        price text,
        latency_ms real,
        first_event_ms real,
        overhead_ms real,
        attempts integer NOT NULL,
        tries text NOT NULL,
        limits text NOT NULL,
        prompt_preview text,
        response_preview text
      )`,
      // Every filter of the log is answered by one of these in the order of the list; all columns that two filters
      // together need are inside, so that no page reads rows that it does not show.
      `CREATE INDEX requests_by_time ON requests (started_at, seq)`,
      `CREATE INDEX requests_by_key ON requests (key_id, started_at, seq, model, status)`,
      `CREATE INDEX requests_by_model ON requests (model, started_at, seq, status, key_id, user_id)`,
      `CREATE INDEX requests_by_user ON requests (user_id, started_at, seq, model, status) WHERE user_id IS NOT NULL`,
      `CREATE INDEX requests_by_status ON requests (status, started_at, seq, model, key_id, user_id)
        WHERE status <> 'ok'`,
      `CREATE TABLE usage_groups (
        id ${rowId} NOT NULL PRIMARY KEY,
        kind varchar(16) NOT NULL,
        key_id varchar NOT NULL,
        user_id varchar NOT NULL,
        model varchar NOT NULL,
        served_model varchar NOT NULL,
        upstream varchar NOT NULL,
        status varchar NOT NULL,
        tags text NOT NULL,
        UNIQUE (kind, key_id, user_id, model, served_model, upstream, status, tags)
      )`,
      `CREATE INDEX usage_groups_by_user ON usage_groups (kind, user_id)`,
      `CREATE TABLE usage_sums (
        group_id bigint NOT NULL,
        span integer NOT NULL,
        starts_at bigint NOT NULL,
        requests bigint NOT NULL,
        errors bigint NOT NULL,
        aborted bigint NOT NULL,
        unpriced_requests bigint NOT NULL,
        input_tokens bigint NOT NULL,
        cached_input_tokens bigint NOT NULL,
        output_tokens bigint NOT NULL,
        reasoning_tokens bigint NOT NULL,
        cost_nano_usd bigint NOT NULL,
        first_used_at bigint NOT NULL,
        last_used_at bigint NOT NULL,
        PRIMARY KEY (group_id, span, starts_at)
      ) ${clustered}`,
      `CREATE TABLE usage_latencies (
        group_id bigint NOT NULL,
        span integer NOT NULL,
        starts_at bigint NOT NULL,
        bucket integer NOT NULL,
        requests bigint NOT NULL,
        PRIMARY KEY (group_id, span, starts_at, bucket)
      ) ${clustered}`,
      `CREATE TABLE key_labels (
        key_id varchar NOT NULL PRIMARY KEY,
        masked_key varchar NOT NULL,
        name varchar
      ) ${clustered}`,
      `CREATE TABLE ledger_state (
        name varchar NOT NULL PRIMARY KEY,
        value bigint NOT NULL
      ) ${clustered}`,
    ];
    for (const statement of statements) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const tables = [
      'ledger_state',
      'key_labels',
      'usage_latencies',
      'usage_sums',
      'usage_groups',
      'requests',
      'opened_requests',
    ];
    for (const table of tables) await queryRunner.query(`DROP TABLE ${table}`);
  }
}
