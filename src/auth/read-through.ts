import { LRUCache } from 'lru-cache';

/**
 * A bounded cache in front of the store that never keeps what a change has overtaken: whoever changes the store
 * calls `forget` afterwards, and a value whose reading began before that is read again.
 */
export class ReadThrough<Value extends object> {
  private readonly cache: LRUCache<string, Value>;
  private changes = 0;

  constructor(
    private readonly load: (key: string) => Promise<Value | undefined>,
    max: number,
  ) {
    this.cache = new LRUCache({ max });
  }

  /** What is in memory; undefined says nothing about the store. */
  cached(key: string): Value | undefined {
    return this.cache.get(key);
  }

  async get(key: string): Promise<Value | undefined> {
    const known = this.cache.get(key);
    if (known) return known;
    for (;;) {
      const seen = this.changes;
      const value = await this.load(key);
      if (seen !== this.changes) continue;
      if (value) this.cache.set(key, value);
      return value;
    }
  }

  forget(key: string): void {
    this.changes += 1;
    this.cache.delete(key);
  }

  forgetWhere(isMeant: (value: Value) => boolean): void {
    this.changes += 1;
    for (const [key, value] of this.cache.entries()) if (isMeant(value)) this.cache.delete(key);
  }
}
