import { Inject, Injectable, Logger } from '@nestjs/common';
import { DataSource, type Repository } from 'typeorm';
import type { CredentialRow } from '../../libs/contracts/credentials.js';
import { GATEWAY_CONFIG } from '../config/config.module.js';
import type { GatewayConfig } from '../config/gateway-config.js';
import { InvalidRequestError, NotFoundError } from '../http/request-errors.js';
import type { SavedCredential, SavedCredentials } from '../http/saved-credentials.js';
import { SavedCredentialEntity } from '../storage/entities/saved-credential.entity.js';
import { IdentityUnavailableError } from './auth-errors.js';
import { allowedAddress, isStillAllowed, upstreamNamed } from './credential-address.js';
import { CredentialVault } from './credential-vault.js';
import type { SaveCredentialDto } from './dto/credential.dto.js';
import { KEY_PREFIX } from './issued-key.js';
import { maskKey } from './key-fingerprints.js';
import { ReadThrough } from './read-through.js';

const MAX_OF_A_PERSON = 50;
const MAX_CACHED_PEOPLE = 5_000;

/** What a person saved, still sealed. */
interface Saved {
  readonly rows: readonly SavedCredentialEntity[];
}

/** The providers' keys that people saved. They leave the vault one at a time, for the call that uses them. */
@Injectable()
export class SavedCredentialsService implements SavedCredentials {
  private readonly logger = new Logger('credentials');
  private readonly rows: Repository<SavedCredentialEntity>;
  private readonly saved: ReadThrough<Saved>;

  constructor(
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
    @Inject(DataSource) dataSource: DataSource,
    private readonly vault: CredentialVault,
  ) {
    this.rows = dataSource.getRepository(SavedCredentialEntity);
    this.saved = new ReadThrough((userId) => this.load(userId), MAX_CACHED_PEOPLE);
  }

  async credentialFor(userId: string, provider: string): Promise<SavedCredential | undefined> {
    const saved = await this.saved.get(userId);
    return this.opened(saved?.rows.find((row) => row.provider === provider));
  }

  async defaultFor(userId: string): Promise<SavedCredential | undefined> {
    const saved = await this.saved.get(userId);
    return this.opened(saved?.rows.find((row) => row.isDefault));
  }

  async list(userId: string): Promise<readonly CredentialRow[]> {
    const saved = await this.saved.get(userId);
    return (saved?.rows ?? []).map(toRow);
  }

  /**
   * Saves, or changes what was saved before for the same provider. A new address drops the old key: it was given for
   * another one.
   * @throws {InvalidRequestError}
   */
  async save(userId: string, dto: SaveCredentialDto, now: number = Date.now()): Promise<CredentialRow> {
    const saved = await this.saved.get(userId);
    const before = saved?.rows.find((row) => row.provider === dto.provider);
    if (!before && (saved?.rows.length ?? 0) >= MAX_OF_A_PERSON) throw tooMany();
    const baseUrl = allowedAddress(dto.provider, dto.baseUrl, before?.baseUrl, this.config);
    const kept = before?.baseUrl === baseUrl ? before : undefined;
    const row: SavedCredentialEntity = {
      userId,
      provider: dto.provider,
      baseUrl,
      ...(dto.apiKey === undefined ? keyOf(kept) : this.sealed(userId, baseUrl, dto.apiKey)),
      model: dto.model === undefined ? (before?.model ?? null) : dto.model,
      isDefault: dto.isDefault ?? before?.isDefault ?? false,
      createdAt: before?.createdAt ?? now,
      updatedAt: now,
    };
    await this.rows.upsert(row, ['userId', 'provider']);
    if (row.isDefault) await this.makeOnlyDefault(userId, row.provider);
    this.saved.forget(userId);
    return toRow(row);
  }

  /** @throws {NotFoundError} */
  async remove(userId: string, provider: string): Promise<void> {
    const { affected } = await this.rows.delete({ userId, provider });
    this.saved.forget(userId);
    if (affected === 0) throw new NotFoundError(`You have nothing saved for '${provider.slice(0, 64)}'.`);
  }

  async removeAllOf(userId: string): Promise<void> {
    await this.rows.delete({ userId });
    this.saved.forget(userId);
  }

  private opened(row: SavedCredentialEntity | undefined): SavedCredential | undefined {
    if (!row || !isStillAllowed(row.provider, row.baseUrl, this.config)) return undefined;
    const { provider, model } = row;
    const baseUrl = upstreamNamed(provider, this.config) ? undefined : row.baseUrl;
    return { provider, baseUrl, apiKey: this.keyIn(row), model: model ?? undefined };
  }

  private keyIn({ userId, provider, baseUrl, sealedKey }: SavedCredentialEntity): string | undefined {
    if (sealedKey === null) return undefined;
    const opened = this.vault.open(userId, baseUrl, sealedKey);
    if (!opened) {
      this.logger.error({ event: 'credential_not_opened', userId, provider, hint: 'AI_GATEWAY_SECRET has changed' });
      return undefined;
    }
    if (opened.isStale) void this.sealAnew(userId, provider, baseUrl, opened.text, sealedKey);
    return opened.text;
  }

  /** A key sealed with an old secret is sealed with the one in force, so that the old one can be retired. */
  private async sealAnew(userId: string, provider: string, baseUrl: string, text: string, old: string): Promise<void> {
    try {
      const change = { sealedKey: this.vault.seal(userId, baseUrl, text) };
      // Only what is still as it was read: a key saved meanwhile must not be put back to the old one.
      await this.rows.update({ userId, provider, sealedKey: old }, change);
      this.saved.forget(userId);
    } catch (error) {
      // The old secret still opens it; the next call tries again.
      this.logger.warn({ event: 'credential_not_renewed', userId, error: error instanceof Error ? error.name : '' });
    }
  }

  private sealed(userId: string, baseUrl: string, apiKey: string): Pick<SavedCredentialEntity, 'sealedKey' | 'last4'> {
    if (apiKey.startsWith(KEY_PREFIX)) {
      const message = 'This is a key of the gateway itself. Save the key that the provider gave you.';
      throw new InvalidRequestError('invalid_parameter', message, 'apiKey');
    }
    return { sealedKey: this.vault.seal(userId, baseUrl, apiKey), last4: maskKey(apiKey).slice(1) };
  }

  private async makeOnlyDefault(userId: string, provider: string): Promise<void> {
    await this.rows
      .createQueryBuilder()
      .update()
      .set({ isDefault: () => 'provider = :provider' })
      .where('user_id = :userId', { userId, provider })
      .execute();
  }

  private async load(userId: string): Promise<Saved> {
    try {
      return { rows: await this.rows.find({ where: { userId }, order: { provider: 'ASC' } }) };
    } catch (error) {
      throw new IdentityUnavailableError(error);
    }
  }
}

function keyOf(row: SavedCredentialEntity | undefined): Pick<SavedCredentialEntity, 'sealedKey' | 'last4'> {
  return { sealedKey: row?.sealedKey ?? null, last4: row?.last4 ?? null };
}

function toRow({ provider, baseUrl, model, last4, isDefault }: SavedCredentialEntity): CredentialRow {
  return { provider, baseUrl, model, last4, isDefault };
}

function tooMany(): InvalidRequestError {
  const message = `A person has at most ${MAX_OF_A_PERSON} saved credentials. Delete one that is not needed any more.`;
  return new InvalidRequestError('invalid_parameter', message, 'provider');
}
