import { formatRateColumn } from './rate.js';

describe('rates', () => {
  it('prints what is free, what is small and what is not known', () => {
    expect([2.5, 0.075, 0, null].map((rate) => formatRateColumn(rate, 'en-GB'))).toEqual(['2.50', '0.075', '0', '–']);
  });
});
