import fc from 'fast-check';
import { pageOf } from './page-of.js';

it('shows every row once, page by page', () => {
  const names = fc.uniqueArray(fc.string(), { maxLength: 50 });
  fc.assert(
    fc.property(names, fc.integer({ min: 1, max: 20 }), (unsorted, limit) => {
      const rows = unsorted.toSorted((one, other) => (one < other ? -1 : 1));
      const shown: string[] = [];
      let cursor: string | undefined;
      do {
        const page = pageOf(rows, (row) => row, { limit, cursor });
        expect(page.data.length).toBeLessThanOrEqual(limit);
        shown.push(...page.data);
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      expect(shown).toEqual(rows);
    }),
  );
});

it('reads on at the same place when rows come and go', () => {
  const first = pageOf(['a', 'c', 'e', 'g'], (row) => row, { limit: 2 });
  const rest = pageOf(['a', 'b', 'd', 'e', 'g'], (row) => row, { limit: 9, cursor: first.nextCursor ?? '' });
  expect(first.data).toEqual(['a', 'c']);
  expect(rest).toEqual({ data: ['d', 'e', 'g'], nextCursor: null });
});

it.each(['rubbish', Buffer.from('[1]').toString('base64url'), Buffer.from('["a","b"]').toString('base64url')])(
  'refuses the cursor %s, which no such list gave',
  (cursor) => {
    expect(() => pageOf(['a', 'b'], (row) => row, { cursor })).toThrow(/cursor/);
  },
);
