/** Where a price comes from, in words. */
export function sourceWords(source: string): string {
  const [kind, pattern] = source.split(/:(.*)/s);
  if (kind !== 'override' && kind !== 'administrator' && kind !== 'configuration') return source;
  return pattern ? `this gateway, ${pattern}` : 'this gateway';
}
