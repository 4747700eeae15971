/** USD per million tokens in a column whose head says so: `2.50`, `0.075`, `0`. */
export function formatRateColumn(usdPerMillion: number | null, locale?: string): string {
  if (usdPerMillion === null) return '–';
  if (usdPerMillion === 0) return '0';
  return usdPerMillion.toLocaleString(locale, { minimumFractionDigits: 2, maximumFractionDigits: 6 });
}

/** Reads a rate as people type it; `undefined` for nothing, `null` for what is no amount. */
export function readRate(text: string): number | null | undefined {
  const clean = text
    .trim()
    .replace(/^\$\s*/, '')
    .replace(',', '.');
  if (clean === '') return undefined;
  return /^\d+(\.\d+)?$/.test(clean) ? Number(clean) : null;
}
