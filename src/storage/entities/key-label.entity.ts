import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How a key is shown in sums, kept beyond the key's own life. */
@Entity('key_labels')
export class KeyLabelEntity {
  @PrimaryColumn({ name: 'key_id', type: 'varchar' })
  keyId!: string;

  @Column({ name: 'masked_key', type: 'varchar' })
  maskedKey!: string;

  @Column({ type: 'varchar', nullable: true })
  name!: string | null;
}
