import { DataSource, LessThan, type Repository } from 'typeorm';
import { SessionEntity } from '../storage/entities/session.entity.js';
import { IdentityUnavailableError } from './auth-errors.js';
import { newId } from './ids.js';
import { ReadThrough } from './read-through.js';
import { SESSION_MS } from './session-tokens.js';
import { steadyNow, type Clock } from './steady-clock.js';

const MAX_CACHED = 10_000;

/** The live sessions. Ending one works at once: whoever still has its cookie is signed out with the next call. */
export class Sessions {
  private readonly rows: Repository<SessionEntity>;
  private readonly live: ReadThrough<SessionEntity>;

  constructor(
    dataSource: DataSource,
    private readonly now: Clock = steadyNow,
  ) {
    this.rows = dataSource.getRepository(SessionEntity);
    this.live = new ReadThrough((id) => this.load(id), MAX_CACHED);
  }

  /** Begins a session under an id that nobody has seen before; sessions that are over are swept on the way. */
  async start(userId: string): Promise<SessionEntity> {
    const createdAt = this.now();
    const session = { id: newId('ses'), userId, createdAt, expiresAt: createdAt + SESSION_MS };
    await this.rows.insert(session);
    await this.rows.delete({ expiresAt: LessThan(createdAt) });
    return session;
  }

  /** @returns the session when it lives and is in memory; undefined says nothing about the store */
  cached(id: string): SessionEntity | undefined {
    return this.ifAlive(this.live.cached(id));
  }

  /** @throws {IdentityUnavailableError} */
  async find(id: string): Promise<SessionEntity | undefined> {
    return this.ifAlive(await this.live.get(id));
  }

  /** Lets a session that is used live on. */
  async extend(id: string): Promise<void> {
    await this.rows.update(id, { expiresAt: this.now() + SESSION_MS });
    this.live.forget(id);
  }

  async end(id: string): Promise<void> {
    await this.rows.delete(id);
    this.live.forget(id);
  }

  async endAllOf(userId: string): Promise<void> {
    await this.rows.delete({ userId });
    this.live.forgetWhere((session) => session.userId === userId);
  }

  private ifAlive(session: SessionEntity | undefined): SessionEntity | undefined {
    return session && session.expiresAt > this.now() ? session : undefined;
  }

  private async load(id: string): Promise<SessionEntity | undefined> {
    try {
      return (await this.rows.findOneBy({ id })) ?? undefined;
    } catch (error) {
      throw new IdentityUnavailableError(error);
    }
  }
}
