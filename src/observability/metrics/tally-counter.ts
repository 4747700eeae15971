import { Counter, type LabelValues } from 'prom-client';
import type { MetricOptions } from './metric-options.js';

/** One number of a counter. */
export class Tally {
  value = 0;

  add(amount = 1): void {
    this.value += amount;
  }
}

/**
 * A counter whose numbers are kept by those who count: `Counter.inc` sorts and joins the labels each time, which costs
 * as much as everything else that is done about a request. The package gets the numbers when it is asked for them.
 */
export class TallyCounter<Label extends string> {
  private readonly tallies: { readonly labels: LabelValues<Label>; readonly tally: Tally }[] = [];

  constructor(options: MetricOptions<Label>) {
    const { tallies } = this;
    new Counter<Label>({
      ...options,
      collect() {
        this.reset();
        for (const { labels, tally } of tallies) if (tally.value > 0) this.inc(labels, tally.value);
      },
    });
  }

  /** A new number; ask once per set of labels, and keep it. */
  tally(labels: LabelValues<Label>): Tally {
    const tally = new Tally();
    this.tallies.push({ labels, tally });
    return tally;
  }
}
