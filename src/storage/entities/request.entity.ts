import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { UsageSource } from '../../../libs/usage/token-usage.js';
import type { SettledStatus } from '../ledger-rows.js';
import { integerTransformer } from './integer-transformer.js';

const INTEGER = { type: 'bigint', transformer: integerTransformer } as const;

/**
 * A call that has ended. Rows are added in the order in which calls end and deleted by retention; only a cost that was
 * unknown is ever filled in.
 */
@Entity('requests')
export class RequestEntity {
  /** Grows by one with every ended call. */
  @PrimaryColumn({ name: 'seq', ...INTEGER })
  seq!: number;

  @Column({ name: 'request_id', type: 'varchar', length: 128, unique: true })
  requestId!: string;

  /** ms since 1970. */
  @Column({ name: 'started_at', ...INTEGER })
  startedAt!: number;

  @Column({ name: 'ended_at', ...INTEGER })
  endedAt!: number;

  @Column({ name: 'key_id', type: 'varchar' })
  keyId!: string;

  @Column({ name: 'user_id', type: 'varchar', nullable: true })
  userId!: string | null;

  @Column({ type: 'varchar' })
  endpoint!: string;

  /** As the client named it; null on the raw road. */
  @Column({ type: 'varchar', nullable: true })
  model!: string | null;

  @Column({ name: 'is_stream', type: 'boolean' })
  isStream!: boolean;

  /** JSON object with sorted names. */
  @Column({ type: 'text' })
  tags!: string;

  @Column({ type: 'varchar' })
  status!: SettledStatus;

  @Column({ name: 'http_status', type: 'integer', nullable: true })
  httpStatus!: number | null;

  @Column({ name: 'error_code', type: 'varchar', nullable: true })
  errorCode!: string | null;

  @Column({ name: 'error_message', type: 'text', nullable: true })
  errorMessage!: string | null;

  @Column({ name: 'served_model', type: 'varchar', nullable: true })
  servedModel!: string | null;

  @Column({ name: 'reported_model', type: 'varchar', nullable: true })
  reportedModel!: string | null;

  @Column({ type: 'varchar', nullable: true })
  upstream!: string | null;

  @Column({ name: 'route_rule', type: 'varchar', nullable: true })
  routeRule!: string | null;

  @Column({ name: 'input_tokens', ...INTEGER })
  inputTokens!: number;

  @Column({ name: 'cached_input_tokens', ...INTEGER })
  cachedInputTokens!: number;

  @Column({ name: 'cache_write_tokens', ...INTEGER })
  cacheWriteTokens!: number;

  @Column({ name: 'output_tokens', ...INTEGER })
  outputTokens!: number;

  @Column({ name: 'reasoning_tokens', ...INTEGER })
  reasoningTokens!: number;

  /** JSON of the usage whole, where it has more than the columns show. */
  @Column({ type: 'text', nullable: true })
  usage!: string | null;

  @Column({ name: 'usage_source', type: 'varchar' })
  usageSource!: UsageSource;

  /** Integer nano-USD; null when the price is unknown. */
  @Column({ name: 'cost_nano_usd', nullable: true, ...INTEGER })
  costNanoUsd!: number | null;

  /** JSON of the price used. */
  @Column({ type: 'text', nullable: true })
  price!: string | null;

  @Column({ name: 'latency_ms', type: 'real', nullable: true })
  latencyMs!: number | null;

  @Column({ name: 'first_event_ms', type: 'real', nullable: true })
  firstEventMs!: number | null;

  @Column({ name: 'overhead_ms', type: 'real', nullable: true })
  overheadMs!: number | null;

  @Column({ type: 'integer' })
  attempts!: number;

  /** JSON list of the calls to upstreams. */
  @Column({ type: 'text' })
  tries!: string;

  /** JSON object of the limits as read. */
  @Column({ type: 'text' })
  limits!: string;

  @Column({ name: 'prompt_preview', type: 'text', nullable: true })
  promptPreview!: string | null;

  @Column({ name: 'response_preview', type: 'text', nullable: true })
  responsePreview!: string | null;
}
