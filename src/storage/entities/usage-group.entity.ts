import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What calls are summed by. An absent value is `''`, for unique indexes take nulls for different. */
@Entity('usage_groups')
export class UsageGroupEntity {
  @PrimaryColumn({ type: 'integer' })
  id!: number;

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
