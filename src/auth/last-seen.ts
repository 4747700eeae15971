import { Logger } from '@nestjs/common';

const FLUSH_MS = 30_000;

/** Writes the times of use that gathered since the last flush; each id once, with its latest time. */
export type WriteTimes = (times: ReadonlyMap<string, number>) => Promise<void>;

/**
 * When something was last used, gathered in memory and written now and then: a call must not wait for a write that
 * is of so little weight. Bounded by the number of keys and people.
 */
export class LastSeen {
  private readonly logger = new Logger('last-seen');
  private pending = new Map<string, number>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly write: WriteTimes,
    private readonly flushMs = FLUSH_MS,
  ) {}

  note(id: string, at: number = Date.now()): void {
    this.pending.set(id, at);
    this.timer ??= setTimeout(() => void this.flush(), this.flushMs).unref();
  }

  /** The latest time not yet written. */
  pendingAt(id: string): number | undefined {
    return this.pending.get(id);
  }

  /** Writes what is pending; what cannot be written now is tried again with the next use. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const times = this.pending;
    if (times.size === 0) return;
    this.pending = new Map();
    try {
      await this.write(times);
    } catch (error) {
      this.logger.warn({ event: 'last_seen_not_written', error: error instanceof Error ? error.name : 'unknown' });
      for (const [id, at] of times) if (!this.pending.has(id)) this.pending.set(id, at);
    }
  }
}
