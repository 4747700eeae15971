import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { BudgetPeriod } from '../../../libs/contracts/keys.js';
import { integerTransformer } from './integer-transformer.js';

const INTEGER = { type: 'bigint', transformer: integerTransformer } as const;

/** A key that the gateway issued, known by keyed hashes: the key itself is shown once and stored nowhere. */
@Entity('virtual_keys')
export class VirtualKeyEntity {
  /** `key_…` */
  @PrimaryColumn({ type: 'varchar' })
  id!: string;

  @Column({ type: 'varchar' })
  name!: string;

  /** Whoever it was made for, as written down. */
  @Column({ type: 'varchar', nullable: true })
  owner!: string | null;

  /** The person that `owner` is, where it is one. */
  @Column({ name: 'user_id', type: 'varchar', nullable: true })
  userId!: string | null;

  @Column({ type: 'varchar', unique: true })
  hash!: string;

  @Column({ type: 'varchar' })
  last4!: string;

  /** The key before the last rotation, as long as it lives on. */
  @Column({ name: 'previous_hash', type: 'varchar', nullable: true })
  previousHash!: string | null;

  /** ms since 1970. */
  @Column({ name: 'previous_valid_until', nullable: true, ...INTEGER })
  previousValidUntil!: number | null;

  /** JSON list of globs; null allows every model. */
  @Column({ type: 'text', nullable: true })
  models!: string | null;

  /** Integer nano-USD; null for no budget, 0 for nothing may be spent. */
  @Column({ name: 'budget_nano_usd', nullable: true, ...INTEGER })
  budgetNanoUsd!: number | null;

  @Column({ name: 'budget_period', type: 'varchar' })
  budgetPeriod!: BudgetPeriod;

  @Column({ type: 'integer', nullable: true })
  rpm!: number | null;

  @Column({ nullable: true, ...INTEGER })
  tpm!: number | null;

  @Column({ name: 'max_parallel', type: 'integer', nullable: true })
  maxParallel!: number | null;

  /** JSON object. */
  @Column({ type: 'text' })
  tags!: string;

  @Column({ name: 'expires_at', nullable: true, ...INTEGER })
  expiresAt!: number | null;

  @Column({ name: 'disabled_at', nullable: true, ...INTEGER })
  disabledAt!: number | null;

  @Column({ name: 'created_at', ...INTEGER })
  createdAt!: number;

  /** Key id of whoever made it. */
  @Column({ name: 'created_by', type: 'varchar' })
  createdBy!: string;

  @Column({ name: 'last_used_at', nullable: true, ...INTEGER })
  lastUsedAt!: number | null;
}
