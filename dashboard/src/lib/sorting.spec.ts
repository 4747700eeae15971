import { nextSorting, readSorting, sortRows, type Sorting } from './sorting.js';

const byCost: Sorting<'name' | 'cost'> = { column: 'cost', direction: 'descending' };

describe('sorting', () => {
  it('reads the column and its direction, and falls back for anything else', () => {
    expect(readSorting('-name', ['name', 'cost'], byCost)).toEqual({ column: 'name', direction: 'descending' });
    expect(readSorting('name', ['name', 'cost'], byCost)).toEqual({ column: 'name', direction: 'ascending' });
    expect(readSorting('price', ['name', 'cost'], byCost)).toBe(byCost);
    expect(readSorting(undefined, ['name', 'cost'], byCost)).toBe(byCost);
  });

  it('turns round at the second click', () => {
    expect(nextSorting(byCost, 'cost')).toBe('cost');
    expect(nextSorting(byCost, 'name', 'ascending')).toBe('name');
  });

  it('puts the unknown last in either direction', () => {
    const rows = [{ cost: 2 }, { cost: null }, { cost: 0 }, { cost: 7 }];
    expect(sortRows(rows, ({ cost }) => cost, 'descending').map(({ cost }) => cost)).toEqual([7, 2, 0, null]);
    expect(sortRows(rows, ({ cost }) => cost, 'ascending').map(({ cost }) => cost)).toEqual([0, 2, 7, null]);
  });
});
