import { Injectable } from '@nestjs/common';
import type { Page } from '../../libs/contracts/lists.js';
import { usdToNanoUsd } from '../../libs/pricing/money.js';
import { NotFoundError } from '../http/request-errors.js';
import type { UserEntity } from '../storage/entities/user.entity.js';
import type { UpdateUserDto } from './dto/user.dto.js';
import { IssuedKeys } from './issued-keys.service.js';
import type { PageRequest } from './keyset-page.js';
import { People } from './people.service.js';
import { Sessions } from './sessions.service.js';
import { UserRows, type ShownUser } from './user-rows.service.js';

/** Lists people, gives them budgets, and switches them off. */
@Injectable()
export class UserAdministration {
  constructor(
    private readonly people: People,
    private readonly sessions: Sessions,
    private readonly issued: IssuedKeys,
    private readonly userRows: UserRows,
  ) {}

  async list(page: PageRequest): Promise<Page<ShownUser>> {
    const { rows, nextCursor } = await this.people.list(page);
    return { data: await this.userRows.show(rows), nextCursor };
  }

  /** @throws {NotFoundError} */
  async get(id: string): Promise<ShownUser> {
    return this.show(await this.people.find(id), id);
  }

  /**
   * Changes a person; switching one off ends every session and key of theirs before this resolves.
   * @throws {NotFoundError}
   */
  async update(id: string, dto: UpdateUserDto, now: number = Date.now()): Promise<ShownUser> {
    const user = await this.people.find(id);
    if (!user) throw notFound(id);
    const changed = await this.people.change(id, changeOf(user, dto, now));
    if (dto.disabled === true) await this.sessions.endAllOf(id);
    // The keys of a person share the person's budget.
    await this.issued.refreshKeysOf(id);
    return this.show(changed, id);
  }

  private async show(user: UserEntity | undefined, id: string): Promise<ShownUser> {
    const [shown] = user ? await this.userRows.show([user]) : [];
    if (!shown) throw notFound(id);
    return shown;
  }
}

function changeOf(
  user: UserEntity,
  { disabled, budgetUsd, budgetPeriod }: UpdateUserDto,
  now: number,
): Partial<UserEntity> {
  return {
    ...(disabled !== undefined && { disabledAt: disabled ? (user.disabledAt ?? now) : null }),
    ...(budgetUsd !== undefined && { budgetNanoUsd: budgetUsd === null ? null : usdToNanoUsd(budgetUsd) }),
    // A budget without a period runs by the month.
    ...((budgetPeriod !== undefined || (budgetUsd !== undefined && budgetUsd !== null)) && {
      budgetPeriod: budgetPeriod ?? user.budgetPeriod ?? 'month',
    }),
  };
}

function notFound(id: string): NotFoundError {
  return new NotFoundError(`There is no person '${id.slice(0, 64)}'.`);
}
