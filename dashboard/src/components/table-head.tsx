import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from '../lib/class-names.js';

interface HeadCellProps {
  readonly children: ReactNode;
  /** Figures are right-aligned, and so are their heads. */
  readonly align?: 'left' | 'right';
  readonly sorted?: 'ascending' | 'descending' | null;
  /** Present: the head sorts. */
  readonly onSort?: () => void;
  readonly className?: string;
}

/** The head of a column; its unit belongs into the words. */
export function HeadCell({ children, align = 'left', sorted = null, onSort, className }: HeadCellProps) {
  const Arrow = sorted === 'ascending' ? ArrowUp : ArrowDown;
  return (
    <th
      scope="col"
      aria-sort={sorted ?? (onSort ? 'none' : undefined)}
      className={classNames(
        'border-b border-line px-3 py-2 text-meta font-semibold whitespace-nowrap text-ink-2',
        align === 'right' ? 'text-right' : 'text-left',
        className,
      )}
    >
      {onSort ? (
        <button
          type="button"
          onClick={onSort}
          className="inline-flex min-h-6 items-center gap-1 rounded-chip hover:text-ink"
        >
          {children}
          <Arrow aria-hidden size={12} strokeWidth={1.5} className={sorted ? '' : 'opacity-0'} />
        </button>
      ) : (
        children
      )}
    </th>
  );
}

interface CellProps {
  readonly children?: ReactNode;
  readonly align?: 'left' | 'right';
  readonly title?: string | undefined;
  readonly className?: string;
}

/** A cell of 13 px; figures stand under each other. */
export function Cell({ children, align = 'left', title, className }: CellProps) {
  return (
    <td
      title={title}
      className={classNames(
        'row-h px-3 text-table whitespace-nowrap',
        align === 'right' && 'figures text-right',
        className,
      )}
    >
      {children}
    </td>
  );
}

/** A table that scrolls sideways in itself, never with the page. */
export function TableFrame({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div
      role="region"
      aria-label={label}
      tabIndex={0}
      className="overflow-x-auto rounded-control border border-line bg-surface"
    >
      <table className="w-full border-collapse">{children}</table>
    </div>
  );
}
