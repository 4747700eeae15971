import fc from 'fast-check';
import { formatBudget, formatRate, formatUsd, formatUsdColumn, formatUsdSum, plainUsd } from './money.js';

const en = 'en-US';

describe('formatUsd', () => {
  it.each([
    [null, 'unpriced'],
    [0, '$0'],
    [412.084, '$412.08'],
    [1234.5, '$1,234.50'],
    [1, '$1.00'],
    [0.99999, '$1.00'],
    [0.0213, '$0.0213'],
    [0.01, '$0.0100'],
    [0.0042, '$0.0042'],
    [0.00015, '$0.00015'],
    [0.00000015, '$0.00000015'],
    [0.000000001, '$0.000000001'],
  ])('prints %p as %s', (usd, text) => {
    expect(formatUsd(usd, en)).toBe(text);
  });

  it('never prints a known amount as nothing or with an exponent', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 40 }), (nano) => {
        const text = formatUsd(nano / 1e9, en);
        expect(text).toMatch(/^\$[\d,]+(\.\d+)?$/);
        expect(text).toMatch(/[1-9]/);
      }),
    );
  });
});

describe('formatUsdColumn', () => {
  it.each([
    [null, 'unpriced'],
    [0, '0'],
    [0.00417, '0.004170'],
    [0.00000015, '<0.000001'],
    [1234.5, '1,234.500000'],
  ])('prints %p as %s', (usd, text) => {
    expect(formatUsdColumn(usd, en)).toBe(text);
  });
});

describe('plainUsd', () => {
  it.each([
    [null, ''],
    [0, '0'],
    [0.00000015, '0.00000015'],
    [12.5, '12.5'],
    [100, '100'],
  ])('prints %p as %p', (usd, text) => {
    expect(plainUsd(usd)).toBe(text);
  });
});

describe('formatUsdSum', () => {
  it('names the unknown part', () => {
    expect(formatUsdSum(12.4, 37, en)).toBe('$12.40 + 37 unpriced');
  });

  it('is the count alone when nothing of it is known', () => {
    expect(formatUsdSum(0, 37, en)).toBe('37 unpriced');
  });

  it('is the amount alone when all of it is known', () => {
    expect(formatUsdSum(0, 0, en)).toBe('$0');
  });
});

describe('formatBudget', () => {
  it.each([
    [3.2, 5, '$3.20', '$5'],
    [4.9996, 5, '$4.9996', '$5.0000'],
    [5, 5, '$5', '$5'],
    [0, 5, '$0', '$5'],
    [0.000002, 5, '$0.0000020', '$5'],
  ])('prints %p of %p apart', (spent, limit, spentText, limitText) => {
    expect(formatBudget(spent, limit, en)).toEqual({ spent: spentText, limit: limitText });
  });

  it('tells any two different amounts apart', () => {
    const nano = fc.integer({ min: 0, max: 2 ** 40 });
    fc.assert(
      fc.property(nano, nano, (a, b) => {
        fc.pre(a !== b);
        const { spent, limit } = formatBudget(a / 1e9, b / 1e9, en);
        expect(spent).not.toBe(limit);
      }),
    );
  });
});

describe('formatRate', () => {
  it.each([
    [2.5, '$2.50'],
    [10, '$10'],
    [0.075, '$0.075'],
    [0, '$0'],
  ])('prints %p per million as %s', (rate, text) => {
    expect(formatRate(rate, en)).toBe(text);
  });
});
