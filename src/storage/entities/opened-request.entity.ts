import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerTransformer } from './integer-transformer.js';

/** A call in flight. What is left in this table at a start was in flight when the gateway died. */
@Entity('opened_requests')
export class OpenedRequestEntity {
  @PrimaryColumn({ name: 'request_id', type: 'varchar', length: 128 })
  requestId!: string;

  @Column({ name: 'started_at', type: 'bigint', transformer: integerTransformer })
  startedAt!: number;

  @Column({ name: 'key_id', type: 'varchar' })
  keyId!: string;

  @Column({ name: 'user_id', type: 'varchar', nullable: true })
  userId!: string | null;

  @Column({ type: 'varchar' })
  endpoint!: string;

  @Column({ type: 'varchar', nullable: true })
  model!: string | null;

  @Column({ name: 'is_stream', type: 'boolean' })
  isStream!: boolean;

  @Column({ type: 'text' })
  tags!: string;
}
