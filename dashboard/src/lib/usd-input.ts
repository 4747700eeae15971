const MAX_PLACES = 9;

/** Reads an amount of USD as people type it: `5`, `$0.50`, `0,5`. `undefined` for nothing, `null` for what is none. */
export function readUsd(text: string): number | null | undefined {
  const clean = text
    .trim()
    .replace(/^\$\s*/, '')
    .replace(',', '.');
  if (clean === '') return undefined;
  const match = /^\d+(?:\.(\d+))?$/.exec(clean);
  return match && (match[1]?.length ?? 0) <= MAX_PLACES ? Number(clean) : null;
}
