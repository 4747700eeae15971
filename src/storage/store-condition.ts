import { Logger } from '@nestjs/common';
import { failureOf, sqliteCodeOf } from './sqlite-failure.js';

export interface StorageHealth {
  /** `locked`: calls are taken, rows wait. `broken`: no calls are taken. */
  readonly state: 'ok' | 'locked' | 'broken';
  readonly detail: string;
}

export interface StoreTolerance {
  /** How long a lock is waited for before anything is answered without its row, ms. */
  readonly patienceMs: number;
  /** How long the store may be locked before no more calls are taken, ms. */
  readonly maxLockedMs: number;
  /** How many rows may wait. */
  readonly maxWaiting: number;
}

/** What the last writes say about the store. */
export class StoreCondition {
  private readonly logger = new Logger('ledger');
  private current: StorageHealth = { state: 'ok', detail: '' };
  private failingSince: number | undefined;

  constructor(
    private readonly tolerance: StoreTolerance,
    private readonly now: () => number,
  ) {}

  get health(): StorageHealth {
    return this.current;
  }

  /** The last write failed, though that may not be worth telling yet. */
  get isFailing(): boolean {
    return this.failingSince !== undefined;
  }

  succeeded(waiting: number): void {
    this.failingSince = undefined;
    this.become({ state: 'ok', detail: '' }, waiting);
  }

  failed(error: unknown, waiting: number): void {
    this.failingSince ??= this.now();
    const failedMs = this.now() - this.failingSince;
    const { patienceMs, maxLockedMs, maxWaiting } = this.tolerance;
    if (failureOf(error) === 'broken') this.become({ state: 'broken', detail: describe(error) }, waiting);
    else if (failedMs >= maxLockedMs) {
      this.become({ state: 'broken', detail: `locked for ${Math.round(failedMs / 1_000)} s` }, waiting);
    } else if (waiting >= maxWaiting) {
      this.become({ state: 'broken', detail: `locked, ${waiting} rows wait` }, waiting);
    } else if (failedMs >= patienceMs && this.current.state === 'ok') {
      this.become({ state: 'locked', detail: 'another process holds the lock; rows wait' }, waiting);
    }
  }

  private become(health: StorageHealth, waiting: number): void {
    if (health.state !== this.current.state) {
      const line = { event: 'storage_state', ...health, waiting };
      if (health.state === 'ok') this.logger.log(line);
      else this.logger.error(line);
    }
    this.current = health;
  }
}

/** SQLite's messages hold neither values nor paths. */
export function describe(error: unknown): string {
  const message =
    typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
  const code = sqliteCodeOf(error);
  return code === undefined ? message : `${code}: ${message}`;
}
