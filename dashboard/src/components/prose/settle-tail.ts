/**
 * Makes the last, half-written block fit to be shown: what would jump is held back, what is open is closed.
 * Only for text that is still arriving; the finished text is shown as it is.
 */
export function settleTail(source: string): string {
  return closeEmphasis(holdBackTag(holdBackLink(holdBackTableHead(holdBackFenceLine(source)))));
}

/** A last line of backticks may become a fence, whose language is not known yet. */
function holdBackFenceLine(source: string): string {
  return source.replace(/(^|\n) {0,3}(`{1,}|~{2,})[^\n`]*$/, (whole: string, before: string, ticks: string) =>
    ticks.length >= 3 || /^\s*[`~]+$/.test(whole) ? before : whole,
  );
}

/** A row of cells is text until the line of dashes under it is whole: then it becomes a table at once. */
function holdBackTableHead(source: string): string {
  const lines = source.split('\n');
  const first = lines.findIndex((line) => /^\s*\|/.test(line));
  if (first < 0) return source;
  const delimiter = lines[first + 1];
  const isWhole = delimiter !== undefined && lines.length > first + 2 && /^[\s|:-]+$/.test(delimiter);
  if (isWhole || (delimiter !== undefined && !/^[\s|:-]*$/.test(delimiter))) return source;
  return lines.slice(0, first).join('\n');
}

/** `[label](half an addr` and `![pict` would show their address first and then swallow it. */
function holdBackLink(source: string): string {
  const at = source.lastIndexOf('[');
  if (at < 0) return source;
  const tail = source.slice(at);
  const isHalf = /^\[[^\]\n]*$/.test(tail) || /^\[[^\]\n]*\](\([^)\n]*)?$/.test(tail);
  // A closed label at the very end may still become a link; a task box or plain brackets come back with the next text.
  if (!isHalf || isInsideCode(source, at)) return source;
  return source.slice(0, source[at - 1] === '!' ? at - 1 : at);
}

/** `<scr` at the end: a tag is shown as text, but whole. */
function holdBackTag(source: string): string {
  const match = /<\/?[a-zA-Z][^<>\n]*$|<$/.exec(source);
  return match && !isInsideCode(source, match.index) ? source.slice(0, match.index) : source;
}

/** Closes code, bold and italics that are open at the end, and drops a mark that stands there alone. */
function closeEmphasis(source: string): string {
  const from = source.lastIndexOf('\n\n') + 1;
  const last = source.slice(from);
  const ticks = [...last.matchAll(/(?<!\\)`+/g)];
  if (ticks.length % 2 === 1) {
    const mark = ticks.at(-1)?.[0] ?? '`';
    return source.endsWith(mark) ? source.slice(0, -mark.length) : `${source}${mark}`;
  }
  const plain = last.replace(/`[^`]*`/g, (code) => ' '.repeat(code.length));
  return closeMark(closeMark(source, plain, '**'), plain.replaceAll('**', '  '), '*');
}

function closeMark(source: string, plain: string, mark: '**' | '*'): string {
  const pattern = mark === '**' ? /(?<!\\)\*\*/g : /(?<![\\*\s])\*(?![\s*])|(?<![\\*])\*(?=[^\s*])/g;
  const count = [...plain.matchAll(pattern)].length;
  if (count % 2 === 0) {
    // A lone star at the very end is half of a mark, or the bullet of an item to come.
    return mark === '*' && /[^\s*\\]\*$/.test(source) && count === 0 ? source.slice(0, -1) : source;
  }
  return source.endsWith(mark) ? source.slice(0, -mark.length) : `${source.trimEnd()}${mark}`;
}

function isInsideCode(source: string, at: number): boolean {
  const line = source.slice(source.lastIndexOf('\n', at) + 1, at);
  return (line.match(/`/g) ?? []).length % 2 === 1;
}
