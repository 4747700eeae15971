/** Calls in flight by key, where a key may have only so many. Holds nothing of keys without calls. */
export class ParallelSlots {
  private readonly taken = new Map<string, number>();

  /** @returns what frees the slot again, once; undefined when all are taken */
  take(key: string, limit: number): (() => void) | undefined {
    if (this.takenOf(key) >= limit) return undefined;
    this.taken.set(key, this.takenOf(key) + 1);
    let isFree = false;
    return () => {
      if (isFree) return;
      isFree = true;
      const left = this.takenOf(key) - 1;
      if (left > 0) this.taken.set(key, left);
      else this.taken.delete(key);
    };
  }

  takenOf(key: string): number {
    return this.taken.get(key) ?? 0;
  }

  /** Keys with calls in flight. */
  get size(): number {
    return this.taken.size;
  }
}
