/** A piece of Markdown that can be drawn by itself. Fences are their own kind: they become code cards. */
export type Block =
  | { readonly kind: 'markdown'; readonly source: string }
  | {
      readonly kind: 'fence';
      readonly source: string;
      readonly language: string;
      readonly code: string;
      /** The closing fence has come. */
      readonly isClosed: boolean;
    };

const FENCE = /^ {0,3}(`{3,}|~{3,})(.*)$/;
const LIST_ITEM = /^ {0,3}([-*+]|\d{1,9}[.)])(\s|$)/;
const INDENTED = /^( {2,}|\t)/;

/**
 * Splits Markdown at blank lines between top-level blocks, and around top-level fences. Text that grows at its
 * end changes only the last block: the ones before it keep their source, and so need not be drawn again.
 */
export function splitBlocks(text: string): readonly Block[] {
  const blocks: Block[] = [];
  const lines = text.split('\n');
  let open: string[] = [];
  let isBlankPending = false;
  const close = () => {
    const source = open.join('\n').replace(/\n+$/, '');
    if (source.trim() !== '') blocks.push({ kind: 'markdown', source });
    open = [];
    isBlankPending = false;
  };
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? '';
    const fence = openingFence(line);
    const insideList = open.length > 0 && LIST_ITEM.test(open[0] ?? '');
    // A fence indented into a list item belongs to the item.
    if (fence && !(insideList && INDENTED.test(line))) {
      close();
      const end = closingFence(lines, index, fence.marker);
      const isClosed = end < lines.length;
      const inner = lines.slice(index + 1, end);
      const source = lines.slice(index, end + 1).join('\n');
      blocks.push({ kind: 'fence', source, language: fence.language, code: inner.join('\n'), isClosed });
      index = end;
      continue;
    }
    if (line.trim() === '') {
      if (open.length > 0) {
        open.push('');
        isBlankPending = true;
      }
      continue;
    }
    const continues = INDENTED.test(line) || (insideList && LIST_ITEM.test(line));
    if (isBlankPending && !continues) close();
    isBlankPending = false;
    open.push(line);
  }
  close();
  return blocks;
}

interface OpeningFence {
  readonly marker: string;
  readonly language: string;
}

function openingFence(line: string): OpeningFence | null {
  const match = FENCE.exec(line);
  const marker = match?.[1];
  const info = match?.[2]?.trim() ?? '';
  // A backtick after backticks makes it inline code, not a fence.
  if (!marker || (marker.startsWith('`') && info.includes('`'))) return null;
  return { marker, language: info.split(/\s+/)[0]?.toLowerCase() ?? '' };
}

/** Index of the closing line, or the number of lines when there is none yet. */
function closingFence(lines: readonly string[], from: number, marker: string): number {
  for (let index = from + 1; index < lines.length; index++) {
    const line = (lines[index] ?? '').trim();
    if (line.length >= marker.length && line.split('').every((character) => character === marker[0])) return index;
  }
  return lines.length;
}
