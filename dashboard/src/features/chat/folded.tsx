import { ChevronRight } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { classNames } from '../../lib/class-names.js';

interface FoldedProps {
  readonly summary: ReactNode;
  readonly children: ReactNode;
}

/** One line that opens to a box of its own scroll. It opens and folds only by the reader's hand. */
export function Folded({ summary, children }: FoldedProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <div>
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        className="control-h -ml-1 inline-flex max-w-full items-center gap-1 rounded-control px-1 text-left text-control text-ink-2 hover:text-ink"
      >
        <ChevronRight
          aria-hidden
          size={16}
          strokeWidth={1.5}
          className={classNames('shrink-0', isOpen && 'rotate-90')}
        />
        <span className="min-w-0 truncate">{summary}</span>
      </button>
      {isOpen && (
        <div
          role="region"
          aria-label="Details"
          tabIndex={0}
          className="mt-1 max-h-60 overflow-y-auto rounded-control border border-line bg-sunken p-3 text-control break-words whitespace-pre-wrap text-ink-2"
        >
          {children}
        </div>
      )}
    </div>
  );
}
