import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { UsageGroupKind } from '../usage-group-kinds.js';

/** What calls are summed by. An absent value is `''`, for unique indexes take nulls for different. */
@Entity('usage_groups')
export class UsageGroupEntity {
  @PrimaryColumn({ type: 'integer' })
  id!: number;

  /** What it tells apart; the columns of everything else are `''`. */
  @Column({ type: 'varchar', length: 16 })
  kind!: UsageGroupKind;

  @Column({ name: 'key_id', type: 'varchar' })
  keyId!: string;

  @Column({ name: 'user_id', type: 'varchar' })
  userId!: string;

  @Column({ type: 'varchar' })
  model!: string;

  @Column({ name: 'served_model', type: 'varchar' })
  servedModel!: string;

  @Column({ type: 'varchar' })
  upstream!: string;

  @Column({ type: 'varchar' })
  status!: string;

  @Column({ type: 'text' })
  tags!: string;
}
