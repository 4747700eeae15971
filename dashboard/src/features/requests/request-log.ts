import type { PromptLog, PromptLogQuery, RequestRow } from '../../../../libs/contracts/prompt-log.js';
import {
  countRows,
  forgetFarPages,
  lastRecorded,
  loadedRows,
  noRows,
  PAGE_SIZE,
  pagesBetween,
  rowAt,
  unknownRows,
  withLive,
  withPage,
  withPageAgain,
  type LogRows,
} from './log-pages.js';

type Fetch = (query: PromptLogQuery, signal: AbortSignal) => Promise<PromptLog>;

export interface LogSnapshot {
  readonly count: number;
  /** Older rows can be loaded. */
  readonly hasOlder: boolean;
  /** The first page has not come yet. */
  readonly isEmptyYet: boolean;
  readonly isLoading: boolean;
  /** Rows that have come and wait to be let in. */
  readonly waiting: number;
  /** There are more of them than were read. */
  readonly waitingIsMore: boolean;
  readonly error: unknown;
  readonly rowAt: (index: number) => RequestRow | null;
}

/** So many rows may stand above the pages before the list is read anew. */
const MOST_LIVE = 1000;
/** More than a page, for rows that have come in between. */
const AGAIN_SIZE = PAGE_SIZE + 50;

/** The rows of one set of filters: pages as they are scrolled to, new ones from the top. No count is ever asked for. */
export class RequestLog {
  private rows: LogRows = noRows;
  private held: readonly RequestRow[] = [];
  private heldIsMore = false;
  private hasFirst = false;
  private error: unknown = null;
  private readonly running = new Map<string, Promise<void>>();
  private readonly listeners = new Set<() => void>();
  private readonly stopping = new AbortController();
  private snapshot = this.take();

  constructor(
    private readonly fetchPage: Fetch,
    private readonly filter: PromptLogQuery,
  ) {}

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  read = (): LogSnapshot => this.snapshot;

  /** Reads the first page, and with it everything anew. */
  restart(): Promise<void> {
    return this.once('first', async () => {
      const { data, nextCursor } = await this.fetch({ limit: PAGE_SIZE });
      this.rows = withPage(noRows, null, data, nextCursor);
      this.held = [];
      this.heldIsMore = false;
      this.hasFirst = true;
    });
  }

  loadOlder(): Promise<void> {
    const cursor = this.rows.nextCursor;
    if (cursor === null) return Promise.resolve();
    return this.once('older', async () => {
      const { data, nextCursor } = await this.fetch({ limit: PAGE_SIZE, cursor });
      if (this.rows.nextCursor === cursor) this.rows = withPage(this.rows, cursor, data, nextCursor);
    });
  }

  /** Tells which places are seen: their pages are fetched again where they were let go of, far ones are let go of. */
  see(first: number, last: number): void {
    const seen = pagesBetween(this.rows, first, last);
    const next = forgetFarPages(this.rows, seen);
    if (next !== this.rows) {
      this.rows = next;
      this.publish();
    }
    for (const index of seen) if (this.rows.pages[index]?.rows === null) void this.loadAgain(index);
  }

  /** Asks for what was recorded since; `hold` keeps it from moving the list. */
  poll(hold: boolean): Promise<void> {
    if (!this.hasFirst) return this.restart();
    const anchor = lastRecorded([...this.held, ...loadedRows(this.rows)]);
    if (!anchor) return this.restart();
    return this.once('poll', async () => {
      const { data, nextCursor } = await this.fetch({ limit: PAGE_SIZE, after: anchor.requestId });
      const fresh = unknownRows([...this.held, ...loadedRows(this.rows)], data);
      this.held = [...fresh, ...this.held].slice(0, MOST_LIVE);
      if (nextCursor !== null || this.held.length === MOST_LIVE) this.heldIsMore = true;
      if (!hold) await this.letIn();
    });
  }

  /** Lets the waiting rows in at the top. */
  admit(): Promise<void> {
    return this.once('admit', () => this.letIn());
  }

  close(): void {
    this.stopping.abort();
  }

  private async letIn(): Promise<void> {
    if (this.heldIsMore || this.rows.live.length + this.held.length > MOST_LIVE) return this.restart();
    this.rows = withLive(this.rows, this.held);
    this.held = [];
  }

  private loadAgain(index: number): Promise<void> {
    const page = this.rows.pages[index];
    if (!page) return Promise.resolve();
    const cursor = page.cursor === null ? {} : { cursor: page.cursor };
    return this.once(`page ${page.cursor}`, async () => {
      const { data } = await this.fetch({ limit: AGAIN_SIZE, ...cursor });
      const now = this.rows.pages.findIndex((candidate) => candidate.cursor === page.cursor);
      this.rows = withPageAgain(this.rows, now, data);
    });
  }

  private fetch(query: PromptLogQuery): Promise<PromptLog> {
    return this.fetchPage({ ...this.filter, ...query }, this.stopping.signal);
  }

  /** One question of a kind at a time; whoever asks meanwhile waits for the same answer. */
  private once(kind: string, act: () => Promise<void>): Promise<void> {
    const running = this.running.get(kind);
    if (running) return running;
    const task = this.attempt(act).finally(() => {
      this.running.delete(kind);
      this.publish();
    });
    this.running.set(kind, task);
    this.publish();
    return task;
  }

  private async attempt(act: () => Promise<void>): Promise<void> {
    try {
      await act();
      this.error = null;
    } catch (error) {
      if (!this.stopping.signal.aborted) this.error = error;
    }
  }

  private publish(): void {
    this.snapshot = this.take();
    for (const listener of this.listeners) listener();
  }

  private take(): LogSnapshot {
    const { rows } = this;
    return {
      count: countRows(rows),
      hasOlder: rows.nextCursor !== null,
      isEmptyYet: !this.hasFirst,
      isLoading: this.running.has('first') || this.running.has('older'),
      waiting: this.held.length,
      waitingIsMore: this.heldIsMore,
      error: this.error,
      rowAt: (index) => rowAt(rows, index),
    };
  }
}
