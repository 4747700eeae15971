import type { Chunking } from './behaviour.js';

const DEFAULT_MAX_BYTES = 64;

/** Cuts what is to be sent into the writes that a chunking asks for. */
export class Chunker {
  private pending: Buffer[] = [];
  private pendingBytes = 0;
  private pendingEvents = 0;
  private seed: number;

  constructor(private readonly chunking: Chunking) {
    this.seed = typeof chunking === 'object' && 'seed' in chunking ? chunking.seed : 0;
  }

  /** The writes that are due once these bytes are there. */
  push(bytes: Buffer): readonly Buffer[] {
    const { chunking } = this;
    if (chunking === 'event') return [bytes];
    this.pending.push(bytes);
    this.pendingBytes += bytes.length;
    this.pendingEvents += 1;
    if (chunking === 'byte') return Array.from(this.takeAll(), (byte) => Buffer.of(byte));
    if (chunking === 'whole') return [];
    if ('eventsPerChunk' in chunking) return this.pendingEvents >= chunking.eventsPerChunk ? [this.takeAll()] : [];
    return this.takeRandom(chunking.maxBytes ?? DEFAULT_MAX_BYTES);
  }

  /** The rest. */
  flush(): readonly Buffer[] {
    return this.pendingBytes > 0 ? [this.takeAll()] : [];
  }

  private takeAll(): Buffer {
    const all = Buffer.concat(this.pending, this.pendingBytes);
    this.pending = [];
    this.pendingBytes = 0;
    this.pendingEvents = 0;
    return all;
  }

  private takeRandom(maxBytes: number): readonly Buffer[] {
    const all = this.takeAll();
    const chunks: Buffer[] = [];
    let start = 0;
    for (let size = this.nextSize(maxBytes); start + size <= all.length; size = this.nextSize(maxBytes)) {
      chunks.push(all.subarray(start, start + size));
      start += size;
    }
    if (start < all.length) {
      this.pending = [all.subarray(start)];
      this.pendingBytes = all.length - start;
    }
    return chunks;
  }

  /** A linear congruential generator: the same seed gives the same sizes everywhere. */
  private nextSize(maxBytes: number): number {
    this.seed = (Math.imul(this.seed, 1_664_525) + 1_013_904_223) >>> 0;
    return 1 + ((this.seed >>> 8) % maxBytes);
  }
}
