import type { OnModuleDestroy } from '@nestjs/common';
import { DataSource, type Repository } from 'typeorm';
import { UserEntity } from '../storage/entities/user.entity.js';
import { IdentityUnavailableError } from './auth-errors.js';
import { newId } from './ids.js';
import { LastSeen } from './last-seen.js';
import { pageOf, type PageRequest, type PageResult } from './keyset-page.js';
import { ReadThrough } from './read-through.js';

const MAX_CACHED = 10_000;

/** Who an identity provider says has come. */
export interface Identity {
  readonly issuer: string;
  readonly subject: string;
  /** Verified, lower case. */
  readonly email: string;
  readonly name: string | null;
}

/** The people who have signed in. */
export class People implements OnModuleDestroy {
  readonly lastSeen = new LastSeen((times) => this.writeLastSeen(times));
  private readonly rows: Repository<UserEntity>;
  private readonly known: ReadThrough<UserEntity>;

  constructor(dataSource: DataSource) {
    this.rows = dataSource.getRepository(UserEntity);
    this.known = new ReadThrough((id) => this.load(id), MAX_CACHED);
  }

  onModuleDestroy(): Promise<void> {
    return this.lastSeen.flush();
  }

  /** Finds the person by issuer and subject, or makes one; address and name are taken over as they are now. */
  async recognise(identity: Identity, now: number = Date.now()): Promise<UserEntity> {
    const { issuer, subject, email, name } = identity;
    const found = await this.rows.findOneBy({ issuer, subject });
    if (!found) return this.insert(identity, now);
    await this.rows.update(found.id, { email, name, lastSeenAt: now });
    this.known.forget(found.id);
    return Object.assign(found, { email, name, lastSeenAt: now });
  }

  /** In memory only; undefined says nothing about the store. */
  cached(id: string): UserEntity | undefined {
    return this.known.cached(id);
  }

  /** @throws {IdentityUnavailableError} */
  find(id: string): Promise<UserEntity | undefined> {
    return this.known.get(id);
  }

  /** The one person with this id or, where exactly one has it, this address. */
  async findOwner(idOrEmail: string): Promise<UserEntity | undefined> {
    const byId = await this.rows.findOneBy({ id: idOrEmail });
    if (byId) return byId;
    const byEmail = await this.rows.find({ where: { email: idOrEmail.toLowerCase() }, take: 2 });
    return byEmail.length === 1 ? byEmail[0] : undefined;
  }

  list(page: PageRequest): Promise<PageResult<UserEntity>> {
    return pageOf(this.rows, page);
  }

  async change(id: string, change: Partial<UserEntity>): Promise<UserEntity | undefined> {
    if (Object.keys(change).length > 0) await this.rows.update(id, change);
    this.known.forget(id);
    return this.known.get(id);
  }

  lastSeenAt(user: UserEntity): number | null {
    return this.lastSeen.pendingAt(user.id) ?? user.lastSeenAt;
  }

  private async insert(identity: Identity, now: number): Promise<UserEntity> {
    const none = { budgetNanoUsd: null, budgetPeriod: null, disabledAt: null };
    const user: UserEntity = { id: newId('usr'), ...identity, ...none, createdAt: now, lastSeenAt: now };
    try {
      await this.rows.insert(user);
      return user;
    } catch (error) {
      // Two first sign-ins at once: the other one has made the row.
      const { issuer, subject } = identity;
      const found = await this.rows.findOneBy({ issuer, subject });
      if (found) return found;
      throw error;
    }
  }

  private async load(id: string): Promise<UserEntity | undefined> {
    try {
      return (await this.rows.findOneBy({ id })) ?? undefined;
    } catch (error) {
      throw new IdentityUnavailableError(error);
    }
  }

  private async writeLastSeen(times: ReadonlyMap<string, number>): Promise<void> {
    for (const [id, lastSeenAt] of times) await this.rows.update(id, { lastSeenAt });
    this.known.forgetWhere((user) => times.has(user.id));
  }
}
