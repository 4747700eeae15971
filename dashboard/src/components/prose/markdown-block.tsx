import { Children, isValidElement, memo, type ReactNode } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { CodeCard } from './code-card.js';
import { isShownPicture, RemotePicture } from './remote-picture.js';
import { SafeLink, safeAddress } from './safe-link.js';

/** HTML stays text: nothing here turns a string into elements but Markdown itself. */
const components: Components = {
  a: ({ href, children }) => <SafeLink href={href}>{children}</SafeLink>,
  img: ({ src, alt }) => <RemotePicture src={typeof src === 'string' ? src : undefined} alt={alt ?? ''} />,
  pre: ({ children }) => <CodeOf>{children}</CodeOf>,
  table: ({ children }) => (
    <div
      role="region"
      aria-label="Table"
      tabIndex={0}
      className="max-w-full overflow-x-auto rounded-control border border-line"
    >
      <table>{children}</table>
    </div>
  ),
  input: ({ checked }) => (
    <input type="checkbox" checked={checked ?? false} readOnly aria-label={checked ? 'Done' : 'Not done'} />
  ),
  // A heading of an answer must not come before the page's own.
  h1: ({ children }) => <h3>{children}</h3>,
  h2: ({ children }) => <h4>{children}</h4>,
  h3: ({ children }) => <h5>{children}</h5>,
  h4: ({ children }) => <h6>{children}</h6>,
};

/** Addresses pass through to the components, which decide; everything else is emptied. */
function transformUrl(url: string, key: string): string {
  if (key === 'src') return isShownPicture(url) || /^https?:/i.test(url) ? url : '';
  return safeAddress(url) ?? '';
}

export const MarkdownBlock = memo(function MarkdownBlock({ source }: { readonly source: string }) {
  return (
    <div dir="auto" className="prose-block">
      <ReactMarkdown
        remarkPlugins={[[remarkGfm, { singleTilde: false }]]}
        components={components}
        urlTransform={transformUrl}
      >
        {source}
      </ReactMarkdown>
    </div>
  );
});

/** A code block inside a list or a quote. */
function CodeOf({ children }: { readonly children: ReactNode }) {
  const code = Children.toArray(children)[0];
  if (!isValidElement<{ className?: string; children?: ReactNode }>(code)) return <pre>{children}</pre>;
  const language = /language-(\S+)/.exec(code.props.className ?? '')?.[1] ?? '';
  return <CodeCard language={language} code={textOf(code.props.children).replace(/\n$/, '')} isClosed />;
}

function textOf(node: ReactNode): string {
  if (typeof node === 'string') return node;
  return Array.isArray(node) ? node.map((child: ReactNode) => textOf(child)).join('') : '';
}
