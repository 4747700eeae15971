import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerTransformer } from './integer-transformer.js';

/** One act of administration, or one reading of another's text. Rows are only ever added. */
@Entity('audit_entries')
export class AuditEntryEntity {
  /** `aud_…`; later entries have greater ids. */
  @PrimaryColumn({ type: 'varchar' })
  id!: string;

  /** ms since 1970. */
  @Column({ type: 'bigint', transformer: integerTransformer })
  at!: number;

  @Column({ type: 'varchar' })
  actor!: string;

  @Column({ type: 'varchar' })
  action!: string;

  @Column({ type: 'varchar', nullable: true })
  target!: string | null;

  /** JSON object without secrets. */
  @Column({ type: 'text', nullable: true })
  change!: string | null;

  @Column({ type: 'varchar', nullable: true })
  ip!: string | null;
}
