import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerTransformer } from './integer-transformer.js';

const INTEGER = { type: 'bigint', transformer: integerTransformer } as const;

/** A provider's key that a person saved. The key is sealed, bound to the person and the base URL. */
@Entity('saved_credentials')
export class SavedCredentialEntity {
  @PrimaryColumn({ name: 'user_id', type: 'varchar' })
  userId!: string;

  /** Name of an upstream, or a name of the person's own. */
  @PrimaryColumn({ type: 'varchar' })
  provider!: string;

  /** Where the key may be sent, and nowhere else. */
  @Column({ name: 'base_url', type: 'varchar' })
  baseUrl!: string;

  /** Null when there is none, or a new base URL dropped it. */
  @Column({ name: 'sealed_key', type: 'text', nullable: true })
  sealedKey!: string | null;

  @Column({ type: 'varchar', nullable: true })
  last4!: string | null;

  @Column({ type: 'varchar', nullable: true })
  model!: string | null;

  @Column({ name: 'is_default', type: 'boolean' })
  isDefault!: boolean;

  /** ms since 1970. */
  @Column({ name: 'created_at', ...INTEGER })
  createdAt!: number;

  @Column({ name: 'updated_at', ...INTEGER })
  updatedAt!: number;
}
