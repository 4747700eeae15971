import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerTransformer } from './integer-transformer.js';

/** A price that an administrator set for a model id or glob. */
@Entity('price_overrides')
export class PriceOverrideEntity {
  @PrimaryColumn({ type: 'varchar' })
  model!: string;

  /** JSON object of rates, USD per million tokens. */
  @Column({ type: 'text' })
  rates!: string;

  /** ms since 1970. */
  @Column({ name: 'updated_at', type: 'bigint', transformer: integerTransformer })
  updatedAt!: number;
}
