/** A transaction costs as much as ten rows: with so many calls under way, rows of a millisecond share one. */
const CROWD = 16;
const GATHER_MS = 1;

/** When the ledger writes: at the end of the event loop's tick, or a moment later when calls crowd. */
export class FlushSchedule {
  private immediate: NodeJS.Immediate | undefined;
  private timer: NodeJS.Timeout | undefined;
  private flushedAt = -Infinity;

  constructor(
    private readonly flush: () => void,
    private readonly now: () => number,
  ) {}

  /** Has rows written soon. */
  request(callsUnderWay: number): void {
    if (this.immediate || this.timer) return;
    const isCrowded = callsUnderWay >= CROWD && this.now() - this.flushedAt < GATHER_MS * 2;
    if (isCrowded) this.timer = setTimeout(this.flush, GATHER_MS);
    else this.immediate = setImmediate(this.flush);
  }

  cancel(): void {
    clearImmediate(this.immediate);
    clearTimeout(this.timer);
    this.immediate = undefined;
    this.timer = undefined;
  }

  /** Rows have been written. */
  noteFlush(): void {
    this.flushedAt = this.now();
  }
}
