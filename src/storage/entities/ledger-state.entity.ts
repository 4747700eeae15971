import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerTransformer } from './integer-transformer.js';

/** Numbers that the ledger remembers: how far the sums reach, and a heartbeat that proves that it can write. */
@Entity('ledger_state')
export class LedgerStateEntity {
  @PrimaryColumn({ type: 'varchar' })
  name!: string;

  @Column({ type: 'bigint', transformer: integerTransformer })
  value!: number;
}
