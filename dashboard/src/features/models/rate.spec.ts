import { formatRateColumn, readRate } from './rate.js';

describe('rates', () => {
  it('prints what is free, what is small and what is not known', () => {
    expect([2.5, 0.075, 0, null].map((rate) => formatRateColumn(rate, 'en-GB'))).toEqual(['2.50', '0.075', '0', '–']);
  });

  it('reads what people type', () => {
    expect(['2.5', '$0,15', ' 0 ', '', '-1', 'free', '1e3'].map(readRate)).toEqual([
      2.5,
      0.15,
      0,
      undefined,
      null,
      null,
      null,
    ]);
  });
});
