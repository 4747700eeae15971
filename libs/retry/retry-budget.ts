export interface RetryBudgetOptions {
  readonly windowMs?: number;
  /** Retries that any window allows, however few first tries it saw. */
  readonly floor?: number;
  /** Retries per first try beyond the floor. */
  readonly ratio?: number;
  /** A clock that only goes forward, in ms. */
  readonly now?: () => number;
}

/** Counts are kept by slices of a window: memory does not grow with traffic. */
const SLICES_PER_WINDOW = 100;

/**
 * Keeps retries to one upstream from multiplying its load while it is down: in a sliding window at most
 * `max(floor, ratio × first tries)` retries start. A retry counts from the moment it is granted until its start has
 * left the window, so those that still wait are counted too.
 */
export class RetryBudget {
  private readonly sliceMs: number;
  private readonly floor: number;
  private readonly ratio: number;
  private readonly now: () => number;
  private readonly firstTries = new Map<number, number>();
  private readonly retries = new Map<number, number>();
  private firstTryCount = 0;
  private retryCount = 0;
  private prunedAtSlice = Number.NEGATIVE_INFINITY;

  constructor(options: RetryBudgetOptions = {}) {
    this.sliceMs = (options.windowMs ?? 10_000) / SLICES_PER_WINDOW;
    this.floor = options.floor ?? 10;
    this.ratio = options.ratio ?? 0.1;
    this.now = options.now ?? (() => performance.now());
  }

  recordFirstTry(): void {
    this.prune();
    add(this.firstTries, this.sliceOf(0));
    this.firstTryCount += 1;
  }

  /**
   * Takes one retry out of the budget, if it holds one.
   * @param delayMs how long the retry will wait before it starts
   */
  tryTakeRetry(delayMs = 0): boolean {
    this.prune();
    const allowed = Math.max(this.floor, Math.floor(this.ratio * this.firstTryCount));
    if (this.retryCount >= allowed) return false;
    add(this.retries, this.sliceOf(delayMs));
    this.retryCount += 1;
    return true;
  }

  private sliceOf(delayMs: number): number {
    return Math.floor((this.now() + delayMs) / this.sliceMs);
  }

  private prune(): void {
    const slice = this.sliceOf(0);
    if (slice === this.prunedAtSlice) return;
    this.prunedAtSlice = slice;
    // A slice that is partly out of the window still counts for retries and no longer for first tries: both err low.
    this.firstTryCount -= dropBefore(this.firstTries, slice - SLICES_PER_WINDOW + 1);
    this.retryCount -= dropBefore(this.retries, slice - SLICES_PER_WINDOW);
  }
}

function add(counts: Map<number, number>, slice: number): void {
  counts.set(slice, (counts.get(slice) ?? 0) + 1);
}

function dropBefore(counts: Map<number, number>, slice: number): number {
  let dropped = 0;
  for (const [key, count] of counts) {
    if (key >= slice) continue;
    counts.delete(key);
    dropped += count;
  }
  return dropped;
}
