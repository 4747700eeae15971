import { Inject, Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { DataSource, IsNull, Not, type Repository } from 'typeorm';
import type { Caller } from '../http/caller.js';
import { UserEntity } from '../storage/entities/user.entity.js';
import { VirtualKeyEntity } from '../storage/entities/virtual-key.entity.js';
import { KeyDirectory, type FoundKey } from './key-directory.js';
import { budgetsOf, NO_OWNER, toIssuedKey, type KeyOwner } from './key-mapping.js';
import { LastSeen } from './last-seen.js';

/** The issued keys as calls see them: all in memory, so that recognising one never waits for the store. */
@Injectable()
export class IssuedKeys implements OnModuleInit, OnModuleDestroy {
  readonly lastUsed = new LastSeen((times) => this.writeLastUsed(times));
  private readonly logger = new Logger('keys');
  private readonly keys: Repository<VirtualKeyEntity>;
  private readonly users: Repository<UserEntity>;

  constructor(
    private readonly directory: KeyDirectory,
    @Inject(DataSource) dataSource: DataSource,
  ) {
    this.keys = dataSource.getRepository(VirtualKeyEntity);
    this.users = dataSource.getRepository(UserEntity);
  }

  async onModuleInit(): Promise<void> {
    const users = await this.users.find({ where: [{ disabledAt: Not(IsNull()) }, { budgetNanoUsd: Not(IsNull()) }] });
    const owners = new Map(users.map((user) => [user.id, toOwner(user)]));
    for (const row of await this.keys.find()) {
      this.directory.put(toIssuedKey(row, owners.get(row.userId ?? '') ?? NO_OWNER));
    }
  }

  onModuleDestroy(): Promise<void> {
    return this.lastUsed.flush();
  }

  /**
   * @returns undefined for a key that nobody issued
   * @throws {KeyExpiredError}
   * @throws {KeyDisabledError}
   */
  callerOf(secret: string): Caller | undefined {
    const found = this.directory.find(secret);
    if (!found) return undefined;
    this.lastUsed.note(found.key.id);
    if (found.renewedHash !== undefined) void this.renew(found, found.renewedHash);
    return found.caller;
  }

  hash(secret: string): string {
    return this.directory.hash(secret);
  }

  /** Takes a row over as it now is; the very next call sees it. */
  async refresh(id: string): Promise<void> {
    const row = await this.keys.findOneBy({ id });
    if (row) this.directory.put(toIssuedKey(row, await this.ownerOf(row.userId)));
    else this.directory.remove(id);
  }

  /** After a person was switched off or on, or got another budget: their keys go with them. */
  async refreshKeysOf(userId: string): Promise<void> {
    const owner = await this.ownerOf(userId);
    for (const row of await this.keys.findBy({ userId })) this.directory.put(toIssuedKey(row, owner));
  }

  private async ownerOf(userId: string | null): Promise<KeyOwner> {
    const user = userId === null ? null : await this.users.findOneBy({ id: userId });
    return user ? toOwner(user) : NO_OWNER;
  }

  /** A key known by a hash of an old secret gets one of the secret in force, so that the old one can be retired. */
  private async renew({ key }: FoundKey, hash: string): Promise<void> {
    try {
      await this.keys.update({ id: key.id }, { hash });
      await this.refresh(key.id);
    } catch (error) {
      // The old hash still serves; the next call tries again.
      this.logger.warn({
        event: 'key_hash_not_renewed',
        keyId: key.id,
        error: error instanceof Error ? error.name : '',
      });
    }
  }

  private async writeLastUsed(times: ReadonlyMap<string, number>): Promise<void> {
    for (const [id, lastUsedAt] of times) await this.keys.update({ id }, { lastUsedAt });
  }
}

function toOwner({ id, disabledAt, budgetNanoUsd, budgetPeriod }: UserEntity): KeyOwner {
  return { isDisabled: disabledAt !== null, budgets: budgetsOf(id, budgetNanoUsd, budgetPeriod ?? 'month') };
}
