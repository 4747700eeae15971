export interface Scale {
  readonly max: number;
  readonly ticks: readonly number[];
}

const MOST_STEPS = 4;

/** A scale from 0 with at most five lines, on round numbers. Nothing to show has only its zero. */
export function scaleTo(highest: number): Scale {
  if (!(highest > 0)) return { max: 1, ticks: [0] };
  const step = roundStep(highest / MOST_STEPS);
  const steps = Math.ceil(highest / step - 1e-9);
  return { max: step * steps, ticks: Array.from({ length: steps + 1 }, (_, index) => step * index) };
}

/** The smallest of 1, 2, 2.5, 5 times a power of ten that is not below. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 2.5, 5, 10].find((candidate) => candidate * power >= least * (1 - 1e-9)) ?? 10;
  return factor * power;
}

/** Which buckets are named under the axis: as many as have room, the last one among them. */
export function labelledBuckets(count: number, room: number): readonly number[] {
  if (count === 0) return [];
  const step = Math.max(1, Math.ceil(count / Math.max(1, room)));
  const picked: number[] = [];
  for (let index = count - 1; index >= 0; index -= step) picked.unshift(index);
  return picked;
}
