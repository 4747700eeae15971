import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerTransformer } from './integer-transformer.js';

const INTEGER = { type: 'bigint', transformer: integerTransformer } as const;

/** How many calls of a group and span had their first event within a range of times; see `latency-buckets.ts`. */
@Entity('usage_latencies')
export class UsageLatencyEntity {
  @PrimaryColumn({ name: 'group_id', type: 'integer' })
  groupId!: number;

  @PrimaryColumn({ type: 'integer' })
  span!: number;

  @PrimaryColumn({ name: 'starts_at', ...INTEGER })
  startsAt!: number;

  @PrimaryColumn({ type: 'integer' })
  bucket!: number;

  @Column(INTEGER)
  requests!: number;
}
