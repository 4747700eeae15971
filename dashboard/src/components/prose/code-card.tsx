import { Fragment, memo, useEffect, useRef, useState, type ReactNode } from 'react';
import { CopyButton } from '../copy-button.js';
import { markInvisible } from './invisible-characters.js';

interface CodeCardProps {
  readonly language: string;
  readonly code: string;
  readonly isClosed: boolean;
}

/** A block of code. It is coloured when it has closed and comes near the view, so that writing stays smooth. */
export const CodeCard = memo(function CodeCard({ language, code, isClosed }: CodeCardProps) {
  const frame = useRef<HTMLDivElement>(null);
  const coloured = useHighlight(frame, language, code, isClosed);
  return (
    <div ref={frame} className="code-card overflow-hidden rounded-control border border-line bg-sunken">
      <div className="flex min-h-9 items-center justify-between gap-2 border-b border-line pr-1 pl-3">
        <span className="font-mono text-meta text-ink-2">{language || 'text'}</span>
        <CopyButton text={code} label={`Copy ${language || 'text'}`}>
          Copy
        </CopyButton>
      </div>
      <pre
        tabIndex={0}
        role="region"
        aria-label={`Code, ${language || 'text'}`}
        className="overflow-x-auto p-3 font-mono text-table focus-visible:-outline-offset-2"
      >
        <code>{coloured ?? markInvisible(code)}</code>
      </pre>
    </div>
  );
});

function useHighlight(
  frame: React.RefObject<HTMLElement | null>,
  language: string,
  code: string,
  isClosed: boolean,
): ReactNode {
  const [result, setResult] = useState<{ readonly code: string; readonly nodes: ReactNode } | null>(null);
  useEffect(() => {
    const element = frame.current;
    if (!isClosed || !language || !element) return;
    const abort = new AbortController();
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        observer.disconnect();
        void (async () => {
          const { highlight } = await import('./highlight.js');
          const nodes = await highlight(language, code, abort.signal);
          if (nodes && !abort.signal.aborted) setResult({ code, nodes: <Fragment>{nodes}</Fragment> });
        })();
      },
      { rootMargin: '400px' },
    );
    observer.observe(element);
    return () => {
      observer.disconnect();
      abort.abort();
    };
  }, [frame, language, code, isClosed]);
  return result?.code === code ? result.nodes : null;
}
