import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerTransformer } from './integer-transformer.js';

const INTEGER = { type: 'bigint', transformer: integerTransformer } as const;

/** A live session. Without its row a session cookie is worth nothing: ending a session deletes the row. */
@Entity('sessions')
export class SessionEntity {
  /** `ses_…`, as the cookie's token names it. */
  @PrimaryColumn({ type: 'varchar' })
  id!: string;

  @Column({ name: 'user_id', type: 'varchar' })
  userId!: string;

  /** ms since 1970. */
  @Column({ name: 'created_at', ...INTEGER })
  createdAt!: number;

  /** Moves on while the session is used. */
  @Column({ name: 'expires_at', ...INTEGER })
  expiresAt!: number;
}
