/** Numbers of 0–1 that are the same at every run (mulberry32). */
export function seededRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** One of the entries, by their weights. */
export function pick(random, entries) {
  const sum = entries.reduce((total, { weight }) => total + weight, 0);
  let left = random() * sum;
  return entries.find(({ weight }) => (left -= weight) < 0) ?? entries.at(-1);
}
