import type { IsoTime, Usd } from './lists.js';
import type { BudgetPeriod } from './keys.js';

/** Whether callers may bring their own keys (`open`) or need one of the gateway's (`keys`). */
export type AccessMode = 'open' | 'keys';

export type Role = 'admin' | 'member';

export interface CallerLimits {
  readonly budgetUsd?: Usd | null;
  readonly budgetPeriod?: BudgetPeriod | null;
  readonly spentUsd?: Usd | null;
  readonly resetsAt?: IsoTime | null;
  readonly rpm?: number | null;
  readonly tpm?: number | null;
  readonly maxParallel?: number | null;
}

/** What this installation offers, told to every caller. */
export interface Installation {
  readonly access: AccessMode;
  /** Sign-in with Google is configured. */
  readonly signIn: boolean;
  /** The embedded `demo` model answers. */
  readonly demo: boolean;
  /** No administrator is configured: direct loopback callers are administrators. */
  readonly loopbackAdmin?: boolean;
  readonly allowedDomains?: readonly string[];
}

interface Caller extends Installation {
  readonly role?: Role | null;
  readonly limits?: CallerLimits | null;
}

export interface MePerson extends Caller {
  readonly kind: 'person';
  readonly role: Role;
  readonly id: string;
  readonly name: string | null;
  readonly email: string;
}

export interface MeKey extends Caller {
  readonly kind: 'key';
  readonly keyId: string;
  readonly name?: string | null;
  /** Masked. */
  readonly key?: string;
}

export interface MeAdmin extends Caller {
  readonly kind: 'admin';
  readonly role?: Role | null;
}

export interface MeAnonymous extends Caller {
  readonly kind: 'anonymous';
}

export type Me = MePerson | MeKey | MeAdmin | MeAnonymous;
