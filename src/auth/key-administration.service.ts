import { Inject, Injectable } from '@nestjs/common';
import { DataSource, In, type Repository } from 'typeorm';
import type { Caller } from '../http/caller.js';
import { InvalidRequestError, NotFoundError } from '../http/request-errors.js';
import { VirtualKeyEntity } from '../storage/entities/virtual-key.entity.js';
import { AdminOnlyError } from './auth-errors.js';
import type { CreateKeyDto, RotateKeyDto, UpdateKeyDto } from './dto/key.dto.js';
import { newId, newKeySecret } from './ids.js';
import { IssuedKeys } from './issued-keys.service.js';
import { toShownKey, type ShownKey } from './key-mapping.js';
import { NO_SETTINGS, settingsOf } from './key-settings.js';
import { pageOf, type PageRequest } from './keyset-page.js';
import { People } from './people.service.js';
import { SpendingReader } from './spending-reader.js';

const MAX_KEYS_OF_A_PERSON = 50;
const SHOWN = 4;

/** Makes, lists, changes and ends keys. Administrators see all; everybody else their own. */
@Injectable()
export class KeyAdministration {
  private readonly rows: Repository<VirtualKeyEntity>;

  constructor(
    @Inject(DataSource) dataSource: DataSource,
    private readonly issued: IssuedKeys,
    private readonly people: People,
    private readonly spending: SpendingReader,
  ) {
    this.rows = dataSource.getRepository(VirtualKeyEntity);
  }

  /** @throws {AdminOnlyError} for a caller that is no person, or sets what only an administrator may */
  async create(dto: CreateKeyDto, caller: Caller, now: number = Date.now()): Promise<ShownKey> {
    await this.assertMayCreate(dto, caller);
    const secret = newKeySecret();
    const owner = await this.ownerOf(caller.isAdmin ? dto.owner : caller.userId);
    const row: VirtualKeyEntity = {
      ...NO_SETTINGS,
      id: newId('key'),
      ...settingsOf(dto),
      ...owner,
      name: dto.name,
      hash: this.issued.hash(secret),
      last4: secret.slice(-SHOWN),
      createdAt: now,
      createdBy: caller.keyId,
    };
    await this.rows.insert(row);
    await this.issued.refresh(row.id);
    return this.show(row, secret);
  }

  async list(page: PageRequest, caller: Caller): Promise<{ data: readonly ShownKey[]; nextCursor: string | null }> {
    const where = visibleTo(caller);
    if (!where) return { data: [], nextCursor: null };
    const { rows, nextCursor } = await pageOf(this.rows, page, where);
    const spending = await this.spending.read(rows.map((row) => ({ id: row.id, period: row.budgetPeriod })));
    return { data: rows.map((row, index) => toShownKey(row, spending[index], this.lastUsedAt(row))), nextCursor };
  }

  /** @throws {NotFoundError} also for another one's key */
  async get(id: string, caller: Caller): Promise<ShownKey> {
    return this.show(await this.find(id, caller));
  }

  async update(id: string, dto: UpdateKeyDto, caller: Caller, now: number = Date.now()): Promise<ShownKey> {
    const row = await this.findOwn(id, caller);
    if (!caller.isAdmin) assertPersonal(dto);
    const change: Partial<VirtualKeyEntity> = settingsOf(dto);
    if (dto.name !== undefined) change.name = dto.name;
    if (dto.owner !== undefined) Object.assign(change, await this.ownerOf(dto.owner));
    if (dto.disabled !== undefined) change.disabledAt = dto.disabled ? (row.disabledAt ?? now) : null;
    await this.save(row.id, change);
    return this.get(row.id, caller);
  }

  /** Gives the key a new secret; the old one lives on for the grace that was asked for. */
  async rotate(id: string, dto: RotateKeyDto, caller: Caller, now: number = Date.now()): Promise<ShownKey> {
    const row = await this.findOwn(id, caller);
    const secret = newKeySecret();
    const graceMs = (dto.graceSeconds ?? 0) * 1_000;
    const change = {
      hash: this.issued.hash(secret),
      last4: secret.slice(-SHOWN),
      previousHash: graceMs > 0 ? row.hash : null,
      previousValidUntil: graceMs > 0 ? now + graceMs : null,
    };
    await this.save(row.id, change);
    return this.show(Object.assign(row, change), secret);
  }

  async remove(id: string, caller: Caller): Promise<void> {
    const row = await this.findOwn(id, caller);
    await this.rows.delete({ id: row.id });
    await this.issued.refresh(row.id);
  }

  /** Ends every key of a person whose data are deleted. */
  async removeAllOf(userId: string): Promise<void> {
    const rows = await this.rows.findBy({ userId });
    await this.rows.delete({ userId });
    for (const { id } of rows) await this.issued.refresh(id);
  }

  /** How many keys each of these people has; who has none is left out. */
  async countsOf(userIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const counts = await this.rows
      .createQueryBuilder('row')
      .select('row.userId', 'userId')
      .addSelect('COUNT(*)', 'keys')
      .where({ userId: In([...userIds]) })
      .groupBy('row.userId')
      .getRawMany<{ userId: string; keys: number | string }>();
    return new Map(counts.map(({ userId, keys }) => [userId, Number(keys)]));
  }

  private async save(id: string, change: Partial<VirtualKeyEntity>): Promise<void> {
    if (Object.keys(change).length > 0) await this.rows.update({ id }, change);
    await this.issued.refresh(id);
  }

  private async show(row: VirtualKeyEntity, secret?: string): Promise<ShownKey> {
    const [spending] = await this.spending.read([{ id: row.id, period: row.budgetPeriod }]);
    return toShownKey(row, spending, this.lastUsedAt(row), secret);
  }

  private lastUsedAt(row: VirtualKeyEntity): number | null {
    return this.issued.lastUsed.pendingAt(row.id) ?? row.lastUsedAt;
  }

  private async find(id: string, caller: Caller): Promise<VirtualKeyEntity> {
    const where = visibleTo(caller);
    const row = where && (await this.rows.findOneBy({ ...where, id }));
    if (!row || (where.id !== undefined && where.id !== id))
      throw new NotFoundError(`There is no key '${id.slice(0, 64)}'.`);
    return row;
  }

  /** A key that the caller may change: administrators every one, a person those that they made themselves. */
  private async findOwn(id: string, caller: Caller): Promise<VirtualKeyEntity> {
    const row = await this.find(id, caller);
    if (!caller.isAdmin && (caller.kind !== 'person' || row.createdBy !== caller.keyId)) throw new AdminOnlyError();
    return row;
  }

  private async ownerOf(owner: string | null | undefined): Promise<Pick<VirtualKeyEntity, 'owner' | 'userId'>> {
    if (owner === null || owner === undefined) return { owner: null, userId: null };
    const person = await this.people.findOwner(owner);
    return { owner: person?.email ?? owner, userId: person?.id ?? null };
  }

  private async assertMayCreate(dto: CreateKeyDto, caller: Caller): Promise<void> {
    if (caller.isAdmin) return;
    if (caller.kind !== 'person') throw new AdminOnlyError();
    assertPersonal(dto);
    if ((await this.rows.countBy({ userId: caller.keyId })) >= MAX_KEYS_OF_A_PERSON) {
      const message = `A person has at most ${MAX_KEYS_OF_A_PERSON} keys. Delete one that is not needed any more.`;
      throw new InvalidRequestError('invalid_parameter', message);
    }
  }
}

/** Which keys a caller may see; undefined for none. */
function visibleTo(caller: Caller): Readonly<{ id?: string; userId?: string }> | undefined {
  if (caller.isAdmin) return {};
  if (caller.kind === 'person') return { userId: caller.keyId };
  return caller.kind === 'virtual-key' ? { id: caller.keyId } : undefined;
}

/** A person's own keys share the person's limits; only an administrator gives a key limits of its own. */
function assertPersonal(dto: UpdateKeyDto): void {
  const isRaised = [dto.rpm, dto.tpm, dto.maxParallel, dto.owner].some(
    (value) => value !== undefined && value !== null,
  );
  if (isRaised) throw new AdminOnlyError();
}
