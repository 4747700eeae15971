import fc from 'fast-check';
import { Histogram, Registry } from 'prom-client';
import { TallyHistogram } from './tally-histogram.js';

const BOUNDS = [0.1, 0.5, 1, 10];
const OPTIONS = { name: 'seconds', help: 'Time.', labelNames: ['kind'] as const };

it('shows what the package itself would show of the same observations', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(fc.constantFrom(...BOUNDS, 0), fc.double({ min: 0, max: 20, noNaN: true }))),
      async (values) => {
        const ours = new Registry();
        const theirs = new Registry();
        const tally = new TallyHistogram({ ...OPTIONS, registers: [ours] }, BOUNDS).tally({ kind: 'a' });
        const histogram = new Histogram({ ...OPTIONS, buckets: BOUNDS, registers: [theirs] });
        histogram.zero({ kind: 'a' });
        for (const value of values) {
          tally.observe(value);
          histogram.observe({ kind: 'a' }, value);
        }
        expect(sorted(await ours.metrics())).toEqual(sorted(await theirs.metrics()));
      },
    ),
  );
});

/** Labels may stand in any order. */
function sorted(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.replace(/\{(.*)\}/, (_all, labels: string) => labels.split(',').toSorted().join()));
}
