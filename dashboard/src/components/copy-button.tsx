import { Check, Copy } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { classNames } from '../lib/class-names.js';
import { copyText } from '../lib/copy.js';

interface CopyButtonProps {
  /** The text, or a function that makes it when pressed. */
  readonly text: string | (() => string);
  /** What is copied, for the accessible name: "Copy code". It begins with the words beside the icon. */
  readonly label?: string;
  /** Words beside the icon; absent: the icon alone. */
  readonly children?: ReactNode;
  readonly className?: string;
}

/** Copies, and says "Copied" only when it is true. */
export function CopyButton({ text, label = 'Copy', children, className }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<'copied' | 'refused' | null>(null);
  useEffect(() => {
    if (outcome === null) return;
    const timer = setTimeout(() => setOutcome(null), 2000);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = async () => {
    const isCopied = await copyText(typeof text === 'string' ? text : text());
    setOutcome(isCopied ? 'copied' : 'refused');
  };
  const Icon = outcome === 'copied' ? Check : Copy;
  const words = { copied: 'Copied', refused: 'Not copied: select the text' };
  return (
    <button
      type="button"
      // What a live region inside a button says is no part of the button's name.
      aria-label={typeof children === 'string' && !label.startsWith(children) ? children : label}
      title={children ? undefined : label}
      onClick={() => void copy()}
      className={classNames(
        'icon-control inline-flex items-center justify-center gap-1 rounded-control px-1.5 text-meta text-ink-2 hover:bg-hover hover:text-ink',
        className,
      )}
    >
      <Icon aria-hidden size={16} strokeWidth={1.5} />
      <span role="status">{outcome ? words[outcome] : (children ?? '')}</span>
    </button>
  );
}
