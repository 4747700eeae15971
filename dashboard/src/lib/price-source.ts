/** Where a price comes from, in words. */
export function sourceWords(source: string): string {
  return source === 'override' ? 'this gateway' : source;
}
