import { lazy, Suspense, useState, type ReactNode } from 'react';

const LinkQuestion = lazy(async () => ({ default: (await import('./link-question.js')).LinkQuestion }));

const LONG_QUERY = 100;

/** The address when it may be followed: http, https or mailto; else `null`. */
export function safeAddress(href: string | undefined): string | null {
  if (!href) return null;
  try {
    const { protocol } = new URL(href);
    return protocol === 'http:' || protocol === 'https:' || protocol === 'mailto:' ? href : null;
  } catch {
    return null; // Relative addresses of an answer lead nowhere.
  }
}

/**
 * A link of an answer. It opens apart; its host is printed when the words hide it; an address with a long query,
 * which could carry the conversation away, is shown whole and asked about first.
 */
export function SafeLink({ href, children }: { readonly href: string | undefined; readonly children: ReactNode }) {
  const [isAsking, setAsking] = useState(false);
  const address = safeAddress(href);
  if (address === null) return <span>{children}</span>;
  const url = new URL(address);
  const asksFirst = url.search.length > LONG_QUERY || url.hash.length > LONG_QUERY;
  const hidesHost = url.protocol !== 'mailto:' && !textOf(children).includes(url.hostname);
  return (
    <>
      <a
        href={address}
        target="_blank"
        rel="noopener noreferrer nofollow"
        className="text-accent-text underline underline-offset-2"
        onClick={(event) => {
          if (!asksFirst) return;
          event.preventDefault();
          setAsking(true);
        }}
      >
        {children}
      </a>
      {hidesHost && <span className="text-meta text-ink-3"> ({url.hostname})</span>}
      {isAsking && (
        <Suspense>
          <LinkQuestion address={address} onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </>
  );
}

function textOf(node: ReactNode): string {
  if (typeof node === 'string') return node;
  return Array.isArray(node) ? node.map((child: ReactNode) => textOf(child)).join('') : '';
}
