/** Four buckets to each doubling: a bucket is 19 % wide, so a percentile read from it is off by 9 % at most. */
const PER_DOUBLING = 4;
/** Beyond an hour nothing is told apart. */
const MAX_BUCKET = 88;

/** The bucket of a time in ms; everything up to 1 ms is bucket 0. */
export function latencyBucket(ms: number): number {
  return ms <= 1 ? 0 : Math.min(MAX_BUCKET, Math.ceil(Math.log2(ms) * PER_DOUBLING));
}

/** The middle of a bucket, in ms. */
function middleOf(bucket: number): number {
  return bucket === 0 ? 1 : 2 ** ((bucket - 0.5) / PER_DOUBLING);
}

/** Counts of times by bucket, none yet. */
export function noLatencies(): Float64Array {
  return new Float64Array(MAX_BUCKET + 1);
}

/**
 * A percentile of counted times.
 * @param counts requests by bucket
 * @param share 0.5 for the median
 * @returns whole ms; null when nothing was counted
 */
export function percentileMs(counts: Float64Array, share: number): number | null {
  const total = counts.reduce((sum, count) => sum + count, 0);
  let left = Math.max(1, Math.ceil(total * share));
  for (const [bucket, count] of counts.entries()) {
    left -= count;
    if (left <= 0) return Math.round(middleOf(bucket));
  }
  return null;
}
