/**
 * Patterns in which only `*` is special: it stands for any run of characters, none included. Everything else is
 * itself, case included. No regular expression is built, so no pattern and no text can make the match explode.
 */
export function globMatches(pattern: string, text: string): boolean {
  return compileGlob(pattern)(text);
}

/** Prepares a pattern that is matched against many texts. */
export function compileGlob(pattern: string): (text: string) => boolean {
  const [prefix = '', ...rest] = pattern.split('*');
  const suffix = rest.pop();
  if (suffix === undefined) return (text) => text === pattern;
  const inner = rest.filter((piece) => piece !== '');
  return (text) => {
    if (text.length < prefix.length + suffix.length) return false;
    if (!text.startsWith(prefix) || !text.endsWith(suffix)) return false;
    // Taking the first place of each piece leaves the most room for the next one: no way back is ever needed.
    let from = prefix.length;
    for (const piece of inner) {
      const at = text.indexOf(piece, from);
      if (at === -1) return false;
      from = at + piece.length;
    }
    return from <= text.length - suffix.length;
  };
}

/** Whether a model id or pattern is a pattern. */
export function isGlob(pattern: string): boolean {
  return pattern.includes('*');
}

/** The longest pattern that matches wins; of equally long ones the first in the map. */
export function longestGlob<T>(
  patterns: ReadonlyMap<string, T>,
  text: string,
): { readonly pattern: string; readonly value: T } | undefined {
  let best: { readonly pattern: string; readonly value: T } | undefined;
  for (const [pattern, value] of patterns) {
    if (best !== undefined && pattern.length <= best.pattern.length) continue;
    if (globMatches(pattern, text)) best = { pattern, value };
  }
  return best;
}
