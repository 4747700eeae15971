import { Injectable } from '@nestjs/common';
import type { UserRow } from '../../libs/contracts/users.js';
import { nanoUsdToNumber } from '../../libs/pricing/money.js';
import type { UserEntity } from '../storage/entities/user.entity.js';
import { KeyAdministration } from './key-administration.service.js';
import { People } from './people.service.js';
import { SignedInPeople } from './signed-in.service.js';
import { SpendingReader } from './spending-reader.js';

/** A row of `/api/users`; what was spent is null where nobody keeps count. */
export type ShownUser = Omit<UserRow, 'spentMonthUsd'> & { readonly spentMonthUsd: number | null };

/** People as administrators see them. */
@Injectable()
export class UserRows {
  constructor(
    private readonly people: People,
    private readonly signedIn: SignedInPeople,
    private readonly keys: KeyAdministration,
    private readonly spending: SpendingReader,
  ) {}

  async show(users: readonly UserEntity[]): Promise<readonly ShownUser[]> {
    const months = await this.spending.read(users.map(({ id }) => ({ id, period: 'month' })));
    const periods = await this.spending.read(
      users.map(({ id, budgetPeriod }) => ({ id, period: budgetPeriod ?? 'month' })),
    );
    const counts = await this.keys.countsOf(users.map(({ id }) => id));
    return users.map((user, index) => {
      const [month, period] = [months[index], periods[index]];
      const isBudgeted = user.budgetNanoUsd !== null;
      return {
        id: user.id,
        name: user.name,
        email: user.email,
        role: this.signedIn.isAdmin(user) ? 'admin' : 'member',
        spentMonthUsd: month ? nanoUsdToNumber(month.spentNanoUsd) : null,
        budgetUsd: user.budgetNanoUsd === null ? null : nanoUsdToNumber(user.budgetNanoUsd),
        budgetPeriod: user.budgetPeriod,
        spentUsd: isBudgeted && period ? nanoUsdToNumber(period.spentNanoUsd) : null,
        resetsAt: (isBudgeted && period?.resetsAt?.toISOString()) || null,
        keys: counts.get(user.id) ?? 0,
        lastSeenAt: toIso(this.people.lastSeenAt(user)),
        disabled: user.disabledAt !== null,
      };
    });
  }
}

function toIso(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
