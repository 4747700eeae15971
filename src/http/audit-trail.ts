/** One act of administration. */
export interface AuditEvent {
  /** A person's address, `admin key` or `loopback`. */
  readonly actor: string;
  /** `key.create`, `user.disable` … */
  readonly action: string;
  /** Id of what it was done to. */
  readonly target: string | null;
  /** What changed; never a secret. */
  readonly change: Readonly<Record<string, unknown>> | null;
  /** Address of the client. */
  readonly ip: string | null;
}

/** Who changed what, when and from where. Implemented by the module that keeps the trail. */
export interface AuditTrail {
  record(event: AuditEvent): Promise<void>;
}
export const AuditTrail = Symbol('AuditTrail');
