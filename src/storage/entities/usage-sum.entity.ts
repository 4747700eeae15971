import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerTransformer } from './integer-transformer.js';

const INTEGER = { type: 'bigint', transformer: integerTransformer } as const;

/** Sums of one group's calls that began in one hour, day or month (UTC). They outlive the rows. */
@Entity('usage_sums')
export class UsageSumEntity {
  @PrimaryColumn({ name: 'group_id', type: 'integer' })
  groupId!: number;

  /** See `usage-spans.ts`. */
  @PrimaryColumn({ type: 'integer' })
  span!: number;

  /** First ms of the span. */
  @PrimaryColumn({ name: 'starts_at', ...INTEGER })
  startsAt!: number;

  @Column(INTEGER)
  requests!: number;

  /** Calls that ended `failed`, `partial` or `rejected`. */
  @Column(INTEGER)
  errors!: number;

  @Column(INTEGER)
  aborted!: number;

  @Column({ name: 'unpriced_requests', ...INTEGER })
  unpricedRequests!: number;

  @Column({ name: 'input_tokens', ...INTEGER })
  inputTokens!: number;

  @Column({ name: 'cached_input_tokens', ...INTEGER })
  cachedInputTokens!: number;

  @Column({ name: 'output_tokens', ...INTEGER })
  outputTokens!: number;

  @Column({ name: 'reasoning_tokens', ...INTEGER })
  reasoningTokens!: number;

  @Column({ name: 'cost_nano_usd', ...INTEGER })
  costNanoUsd!: number;

  @Column({ name: 'first_used_at', ...INTEGER })
  firstUsedAt!: number;

  @Column({ name: 'last_used_at', ...INTEGER })
  lastUsedAt!: number;
}
