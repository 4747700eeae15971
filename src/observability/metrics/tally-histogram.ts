import { Histogram } from 'prom-client';
import type { MetricOptions } from './metric-options.js';

/** The observations of one set of labels, by bucket. */
export class BucketTally {
  private readonly counts: number[];
  private sum = 0;

  /** @param bounds upper bounds of the buckets, ascending; what is above the last has a bucket of its own */
  constructor(private readonly bounds: readonly number[]) {
    this.counts = Array.from({ length: bounds.length + 1 }, () => 0);
  }

  observe(value: number): void {
    const { bounds, counts } = this;
    let bucket = 0;
    while (bucket < bounds.length && value > (bounds[bucket] ?? Infinity)) bucket += 1;
    counts[bucket] = (counts[bucket] ?? 0) + 1;
    this.sum += value;
  }

  /** As Prometheus has it: each bucket holds those below it. */
  read(): { readonly buckets: readonly { readonly le: string; readonly value: number }[]; sum: number; count: number } {
    let count = 0;
    const buckets = this.counts.map((own, index) => {
      count += own;
      return { le: String(this.bounds[index] ?? '+Inf'), value: count };
    });
    return { buckets, sum: this.sum, count };
  }
}

type Labels = Readonly<Record<string, string>>;

interface Sample {
  readonly metricName: string;
  readonly labels: Labels;
  readonly value: number;
}

/** A histogram whose numbers are kept by those who observe, for the same reason as those of `TallyCounter`. */
export class TallyHistogram<Label extends string> extends Histogram {
  private readonly tallies: { readonly labels: Labels; readonly tally: BucketTally }[] = [];

  constructor(
    private readonly options: MetricOptions<Label>,
    private readonly bounds: readonly number[],
  ) {
    super({ ...options, buckets: [...bounds] });
  }

  /** New buckets; ask once per set of labels, and keep them. */
  tally(labels: Readonly<Record<Label, string>>): BucketTally {
    const tally = new BucketTally(this.bounds);
    this.tallies.push({ labels, tally });
    return tally;
  }

  /** What the registry asks a histogram for, in the place of the package's own. */
  getForPromString(): Promise<{ name: string; help: string; type: 'histogram'; values: Sample[] }> {
    const { name, help } = this.options;
    const values = this.tallies.flatMap(({ labels, tally }) => samplesOf(name, labels, tally));
    return Promise.resolve({ name, help, type: 'histogram', values });
  }
}

function samplesOf(name: string, labels: Labels, tally: BucketTally): Sample[] {
  const { buckets, sum, count } = tally.read();
  return [
    ...buckets.map(({ le, value }) => ({ metricName: `${name}_bucket`, labels: { ...labels, le }, value })),
    { metricName: `${name}_sum`, labels, value: sum },
    { metricName: `${name}_count`, labels, value: count },
  ];
}
