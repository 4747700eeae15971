/** USD per million tokens in a column whose head says so: `2.50`, `0.075`, `0`. */
export function formatRateColumn(usdPerMillion: number | null, locale?: string): string {
  if (usdPerMillion === null) return '–';
  if (usdPerMillion === 0) return '0';
  return usdPerMillion.toLocaleString(locale, { minimumFractionDigits: 2, maximumFractionDigits: 6 });
}
