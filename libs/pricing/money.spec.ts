import fc from 'fast-check';
import { InvalidMoneyError, nanoUsdToDecimal, nanoUsdToNumber, usdToNanoUsd } from './money.js';

describe('nanoUsdToDecimal', () => {
  it.each([
    [0, '0'],
    [1, '0.000000001'],
    [10, '0.00000001'],
    [1_500_000_000, '1.5'],
    [1_000_000_000, '1'],
    [20_000_000_000, '20'],
    [123_456_789_012, '123.456789012'],
    [Number.MAX_SAFE_INTEGER, '9007199.254740991'],
    [-1_500_000, '-0.0015'],
  ])('writes %d as %s', (nanoUsd, decimal) => {
    expect(nanoUsdToDecimal(nanoUsd)).toBe(decimal);
  });

  it('writes sums beyond 2^53', () => {
    expect(nanoUsdToDecimal(10n ** 20n + 1n)).toBe('100000000000.000000001');
  });

  it('refuses what is no whole number of nano-USD', () => {
    expect(() => nanoUsdToDecimal(0.5)).toThrow(RangeError);
  });

  it('is plain: no exponent, at most nine places, no trailing zeros', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 30n }), (nanoUsd) => {
        expect(nanoUsdToDecimal(nanoUsd)).toMatch(/^(?:0|[1-9]\d*)(?:\.\d{0,8}[1-9])?$/);
      }),
    );
  });
});

describe('nanoUsdToNumber', () => {
  it.each([
    [0, 0],
    [1, 1e-9],
    [300_000_000, 0.3],
    [2_500_000, 0.0025],
  ])('gives %d nano-USD as the number nearest to the decimal', (nanoUsd, usd) => {
    expect(nanoUsdToNumber(nanoUsd)).toBe(usd);
  });
});

describe('usdToNanoUsd', () => {
  it.each([
    ['0', 0],
    ['12.5', 12_500_000_000],
    ['12.50', 12_500_000_000],
    [' 5 ', 5_000_000_000],
    [0.1, 100_000_000],
    [1e-7, 100],
    ['1e-9', 1],
    ['1.5E3', 1_500_000_000_000],
    ['0.0000000005', 1],
    ['0.00000000049', 0],
    ['9007199.254740991', Number.MAX_SAFE_INTEGER],
  ])('reads %p', (usd, nanoUsd) => {
    expect(usdToNanoUsd(usd)).toBe(nanoUsd);
  });

  it.each(['', 'free', '-1', '+1', '1,5', '1.', '.5', '1e', '0x10', '$5', 'Infinity', Number.NaN, -0.1, '1e999'])(
    'refuses %p',
    (usd) => {
      expect(() => usdToNanoUsd(usd)).toThrow(InvalidMoneyError);
    },
  );

  it('refuses what cannot be kept exactly', () => {
    expect(() => usdToNanoUsd('9007199.254740992')).toThrow(InvalidMoneyError);
  });

  it('reads back what was written, to the last digit', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (nanoUsd) => {
        expect(usdToNanoUsd(nanoUsdToDecimal(nanoUsd))).toBe(nanoUsd);
      }),
    );
  });
});
