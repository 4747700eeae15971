import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import type { BudgetPeriod } from '../../../libs/contracts/keys.js';
import { integerTransformer } from './integer-transformer.js';

const INTEGER = { type: 'bigint', transformer: integerTransformer } as const;

/** A person who has signed in. Who somebody is stands in (issuer, subject); an address can change hands. */
@Entity('users')
@Unique(['issuer', 'subject'])
export class UserEntity {
  /** `usr_…` */
  @PrimaryColumn({ type: 'varchar' })
  id!: string;

  @Column({ type: 'varchar' })
  issuer!: string;

  @Column({ type: 'varchar' })
  subject!: string;

  /** Verified, lower case, as of the last sign-in; empty after the person's data were deleted. */
  @Column({ type: 'varchar' })
  email!: string;

  @Column({ type: 'varchar', nullable: true })
  name!: string | null;

  /** Integer nano-USD; null for no budget. */
  @Column({ name: 'budget_nano_usd', nullable: true, ...INTEGER })
  budgetNanoUsd!: number | null;

  @Column({ name: 'budget_period', type: 'varchar', nullable: true })
  budgetPeriod!: BudgetPeriod | null;

  /** ms since 1970. */
  @Column({ name: 'created_at', ...INTEGER })
  createdAt!: number;

  @Column({ name: 'last_seen_at', nullable: true, ...INTEGER })
  lastSeenAt!: number | null;

  @Column({ name: 'disabled_at', nullable: true, ...INTEGER })
  disabledAt!: number | null;
}
