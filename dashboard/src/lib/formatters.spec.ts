import { dateFormat, numberFormat } from './formatters.js';

describe('formatters', () => {
  it('are made once for the same locale and options', () => {
    expect(numberFormat('en-GB', { maximumFractionDigits: 1 })).toBe(
      numberFormat('en-GB', { maximumFractionDigits: 1 }),
    );
    expect(numberFormat('en-GB', { maximumFractionDigits: 2 })).not.toBe(
      numberFormat('en-GB', { maximumFractionDigits: 1 }),
    );
    expect(dateFormat('en-GB', { timeZone: 'UTC' })).toBe(dateFormat('en-GB', { timeZone: 'UTC' }));
    expect(dateFormat('de', { timeZone: 'UTC' })).not.toBe(dateFormat('en-GB', { timeZone: 'UTC' }));
  });
});
