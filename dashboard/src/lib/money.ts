import { numberFormat } from './formatters.js';

/** What stands where a price is unknown. Never zero: zero is a price. */
export const UNPRICED = 'unpriced';

const MAX_PLACES = 9;

/** Decimal places that show `usd` to two significant digits, at most nano-USD. */
function placesForTwoDigits(usd: number): number {
  return Math.min(MAX_PLACES, Math.max(2, 1 - Math.floor(Math.log10(usd))));
}

function placesOf(usd: number): number {
  const size = Math.abs(usd);
  if (size === 0) return 0;
  // The rounded value decides, else 0.99999 would be printed as "1.0000".
  if (Math.round(size * 10_000) >= 10_000) return 2;
  if (Math.round(size * 1_000_000) >= 10_000) return 4;
  return placesForTwoDigits(size);
}

function dollars(usd: number, places: number, locale?: string): string {
  return numberFormat(locale, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: places,
    maximumFractionDigits: places,
  }).format(usd);
}

/**
 * USD for people: `$12.40`, `$0.0042`, `$0.00000015`, `$0`; `null` is the word "unpriced".
 * Never an exponent, and a known amount is never rounded to nothing.
 */
export function formatUsd(usd: number | null, locale?: string): string {
  if (usd === null) return UNPRICED;
  return dollars(usd, placesOf(usd), locale);
}

/** USD in a column whose head names the unit: six decimals aligned, `<0.000001` below them. */
export function formatUsdColumn(usd: number | null, locale?: string): string {
  if (usd === null) return UNPRICED;
  if (usd === 0) return '0';
  const digits = { minimumFractionDigits: 6, maximumFractionDigits: 6 };
  if (Math.abs(usd) < 0.000001) return `<${numberFormat(locale, digits).format(0.000001)}`;
  return numberFormat(locale, digits).format(usd);
}

/** All nine places without trailing zeros or exponent: for hover, copy and CSV. Unknown is the empty string. */
export function plainUsd(usd: number | null): string {
  if (usd === null) return '';
  const text = usd.toFixed(MAX_PLACES).replace(/\.?0+$/, '');
  return text === '-0' ? '0' : text;
}

/** A sum with unknown parts: `$12.40 + 37 unpriced`; the count alone when nothing of it is known. */
export function formatUsdSum(knownUsd: number, unpriced: number, locale?: string): string {
  if (unpriced === 0) return formatUsd(knownUsd, locale);
  const missing = `${numberFormat(locale).format(unpriced)} ${UNPRICED}`;
  return knownUsd === 0 ? missing : `${formatUsd(knownUsd, locale)} + ${missing}`;
}

/** Both sides of a budget, as fine as it takes to tell them apart: `$4.9996 of $5.0000`. */
export function formatBudget(spentUsd: number, limitUsd: number, locale?: string): { spent: string; limit: string } {
  const plain = { spent: formatUsd(spentUsd, locale), limit: formatUsd(limitUsd, locale) };
  const limitPlaces = Number.isInteger(limitUsd) ? 0 : placesOf(limitUsd);
  const round = { spent: dollars(spentUsd, placesOf(spentUsd), locale), limit: dollars(limitUsd, limitPlaces, locale) };
  if (spentUsd === limitUsd) return { spent: round.limit, limit: round.limit };
  if (plain.spent !== plain.limit) return round;
  for (let places = 3; places <= MAX_PLACES; places++) {
    const spent = dollars(spentUsd, places, locale);
    const limit = dollars(limitUsd, places, locale);
    if (spent !== limit) return { spent, limit };
  }
  return round;
}

/** A price per million tokens: `$2.50`, `$0.15`, `$0.075`, `$0` where it is free. */
export function formatRate(usdPerMillion: number, locale?: string): string {
  if (usdPerMillion === 0) return dollars(0, 0, locale);
  const places = Number.isInteger(usdPerMillion) ? 0 : Math.max(2, decimalsOf(usdPerMillion));
  return dollars(usdPerMillion, places, locale);
}

function decimalsOf(value: number): number {
  return plainUsd(value).split('.')[1]?.length ?? 0;
}
