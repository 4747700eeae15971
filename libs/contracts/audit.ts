import type { IsoTime, Page, PageQuery } from './lists.js';

/** One act of administration, or one reading of another's text. */
export interface AuditRow {
  readonly id: string;
  readonly at: IsoTime;
  /** Who: a person's address, `admin key` or `loopback`. */
  readonly actor: string;
  /** What was done, for example `key.create`. */
  readonly action: string;
  /** To what, for example a key id. */
  readonly target: string | null;
  /** What changed, secrets masked. */
  readonly change: Readonly<Record<string, unknown>> | null;
  /** The address that it came from. */
  readonly ip: string | null;
}

export interface AuditQuery extends PageQuery {
  readonly actor?: string;
  readonly action?: string;
  readonly from?: IsoTime;
  readonly to?: IsoTime;
}

export type AuditLog = Page<AuditRow>;
