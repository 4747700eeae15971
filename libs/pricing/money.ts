/** Money that cannot be read: no plain number, negative, or too large to be kept exactly. */
export class InvalidMoneyError extends Error {
  override readonly name = 'InvalidMoneyError';
}

const NANO_DIGITS = 9;
const NANO_PER_USD = 10n ** BigInt(NANO_DIGITS);

/** nano-USD as plain decimal USD: at most 9 places, never an exponent, no trailing zeros, `0` for nothing. */
export function nanoUsdToDecimal(nanoUsd: number | bigint): string {
  const nano = BigInt(nanoUsd);
  const absolute = nano < 0n ? -nano : nano;
  const fraction = (absolute % NANO_PER_USD).toString().padStart(NANO_DIGITS, '0').replace(/0+$/, '');
  const whole = (absolute / NANO_PER_USD).toString();
  return (nano < 0n ? '-' : '') + whole + (fraction === '' ? '' : `.${fraction}`);
}

/** nano-USD as the decimal USD number of `/api`: the double nearest to the exact decimal. */
export function nanoUsdToNumber(nanoUsd: number | bigint): number {
  return Number(nanoUsdToDecimal(nanoUsd));
}

/**
 * Reads decimal USD exactly, digit by digit; digits beyond the ninth place round half up.
 * @param usd `"12.5"`, `12.5`, `"1e-3"`; at least 0
 * @throws {InvalidMoneyError} for anything else, and for amounts beyond 9,007,199 USD
 */
export function usdToNanoUsd(usd: string | number): number {
  const match = /^(\d{1,30})(?:\.(\d{1,400}))?(?:[eE]([+-]?\d{1,3}))?$/.exec(String(usd).trim());
  if (match === null)
    throw new InvalidMoneyError('an amount in USD is a plain decimal number of at least 0, like 12.5');
  const [, whole = '', fraction = '', exponent = '0'] = match;
  const digits = BigInt(whole + fraction);
  const shift = NANO_DIGITS - fraction.length + Number(exponent);
  const nanoUsd = shift >= 0 ? digits * 10n ** BigInt(shift) : roundHalfUp(digits, 10n ** BigInt(-shift));
  if (nanoUsd > BigInt(Number.MAX_SAFE_INTEGER)) {
    throw new InvalidMoneyError('an amount in USD is at most 9007199, so that it can be kept exactly');
  }
  return Number(nanoUsd);
}

function roundHalfUp(numerator: bigint, denominator: bigint): bigint {
  return (2n * numerator + denominator) / (2n * denominator);
}
