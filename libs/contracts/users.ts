import type { IsoTime, Page, Usd } from './lists.js';
import type { BudgetPeriod } from './keys.js';
import type { Role } from './me.js';

/** A person who has signed in. */
export interface UserRow {
  readonly id: string;
  readonly name: string | null;
  readonly email: string;
  readonly role: Role;
  /** `null` where nobody keeps count. */
  readonly spentMonthUsd: Usd | null;
  readonly budgetUsd: Usd | null;
  readonly budgetPeriod: BudgetPeriod | null;
  readonly spentUsd: Usd | null;
  readonly resetsAt: IsoTime | null;
  readonly keys: number;
  readonly lastSeenAt: IsoTime | null;
  readonly disabled: boolean;
}

export interface UpdateUser {
  readonly budgetUsd?: Usd | null;
  readonly budgetPeriod?: BudgetPeriod;
  readonly disabled?: boolean;
}

export type UserList = Page<UserRow>;
