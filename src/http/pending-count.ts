/**
 * Counts what is under way, and tells when nothing is. Holds none of it, as a Set would: V8 links the outgrown table of
 * a Set to its successor, and these dead tables keep alive whatever was in them, call after call, until a full
 * collection. In a Set, calls that come and go cost a third of the gateway's CPU.
 */
export class PendingCount {
  private pending = 0;
  private readonly waiting: (() => void)[] = [];

  get count(): number {
    return this.pending;
  }

  begin(): void {
    this.pending += 1;
  }

  end(): void {
    this.pending -= 1;
    if (this.pending === 0) for (const tell of this.waiting.splice(0)) tell();
  }

  /** Resolves once nothing is under way. */
  whenNone(): Promise<void> {
    return this.pending === 0 ? Promise.resolve() : new Promise((resolve) => this.waiting.push(resolve));
  }
}
