import { readUsd } from './usd-input.js';

describe('readUsd', () => {
  it('reads what people type', () => {
    expect(['2.5', '$0,15', ' 0 ', '0.000000001'].map(readUsd)).toEqual([2.5, 0.15, 0, 1e-9]);
  });

  it('tells nothing from nonsense', () => {
    expect(['', '-1', 'free', '1e3', '0.0000000001', '1,234.5'].map(readUsd)).toEqual([
      undefined,
      null,
      null,
      null,
      null,
      null,
    ]);
  });
});
