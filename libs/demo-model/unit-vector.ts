const PLACES_PER_WORD = 8;
const WORD_WEIGHT = 1;
const NOISE_WEIGHT = 0.02;
const MAX_CHARACTERS = 20_000;

/**
 * A vector of length 1 that depends on the text alone. Each word adds to a few places, so texts that share words point in
 * a similar direction; a little noise from the whole text keeps every place filled and no two texts equal.
 */
export function unitVector(text: string, dimensions: number): Float32Array {
  const sum = new Float64Array(dimensions);
  const noise = new RandomSequence(hashOf(text));
  for (let place = 0; place < dimensions; place += 1) sum[place] = (noise.next() * 2 - 1) * NOISE_WEIGHT;
  for (const word of text
    .slice(0, MAX_CHARACTERS)
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? []) {
    const places = new RandomSequence(hashOf(word));
    for (let count = 0; count < PLACES_PER_WORD; count += 1) {
      const place = Math.floor(places.next() * dimensions);
      sum[place] = (sum[place] ?? 0) + (places.next() < 0.5 ? -WORD_WEIGHT : WORD_WEIGHT);
    }
  }
  let squares = 0;
  for (const value of sum) squares += value * value;
  const length = Math.sqrt(squares) || 1;
  return Float32Array.from(sum, (value) => value / length);
}

/** FNV-1a over UTF-16 code units. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

/** Mulberry32: small, fast and the same everywhere. */
class RandomSequence {
  constructor(private state: number) {}

  /** A number from 0 up to, but not including, 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }
}
