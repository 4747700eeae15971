import { lazy, memo, Suspense, useMemo } from 'react';
import { CodeCard } from './code-card.js';
import { settleTail } from './settle-tail.js';
import { splitBlocks, type Block } from './split-blocks.js';

const loadMarkdown = () => import('./markdown-block.js');
const MarkdownBlock = lazy(async () => ({ default: (await loadMarkdown()).MarkdownBlock }));

/** Fetches the Markdown code beside the page, so that the first answer does not wait for it. */
export function preloadProse(): void {
  void loadMarkdown();
}

interface ProseProps {
  readonly source: string;
  /** Text is still arriving: the last block is shown without what is half written. */
  readonly isLive: boolean;
}

/**
 * Markdown of a model, as React elements. Blocks are drawn once: while text grows only the last one changes, and
 * the live and the finished text are one tree, so that nothing moves at the end.
 */
export function Prose({ source, isLive }: ProseProps) {
  const blocks = useMemo(() => splitBlocks(source), [source]);
  const last = blocks.length - 1;
  return (
    <div className="prose flex min-w-0 flex-col gap-4 text-prose break-words">
      {blocks.map((block, index) => (
        // Blocks are only added at the end: the index is the block's identity.
        <ProseBlock key={index} block={block} isTail={isLive && index === last} />
      ))}
    </div>
  );
}

interface ProseBlockProps {
  readonly block: Block;
  readonly isTail: boolean;
}

const ProseBlock = memo(
  function ProseBlock({ block, isTail }: ProseBlockProps) {
    if (block.kind === 'fence') {
      // Until its first line is whole a fence does not know its language.
      if (isTail && !block.source.includes('\n')) return null;
      return <CodeCard language={block.language} code={block.code} isClosed={block.isClosed || !isTail} />;
    }
    const shown = isTail ? settleTail(block.source) : block.source;
    if (shown.trim() === '') return null;
    return (
      <Suspense fallback={<p className="whitespace-pre-wrap">{shown}</p>}>
        <MarkdownBlock source={shown} />
      </Suspense>
    );
  },
  (before, after) => before.isTail === after.isTail && before.block.source === after.block.source,
);
