import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { CopyButton } from '../../../components/copy-button.js';

interface FoldedProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly isOpen?: boolean;
}

/** A part of the record that opens only by hand. */
export function Folded({ title, children, isOpen = false }: FoldedProps) {
  return (
    <details open={isOpen} className="group border-t border-line">
      <summary className="control-h flex list-none items-center gap-1 text-control font-semibold [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden
          size={16}
          strokeWidth={1.5}
          className="transition-transform duration-120 group-open:rotate-90"
        />
        {title}
      </summary>
      <div className="pb-3">{children}</div>
    </details>
  );
}

/** A stored text as it is: never rendered, it may say anything. */
export function StoredText({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    <div className="relative rounded-control bg-sunken">
      <pre
        tabIndex={0}
        role="region"
        aria-label={label}
        className="max-h-80 overflow-auto p-3 pr-10 font-mono text-table break-words whitespace-pre-wrap"
      >
        {text}
      </pre>
      <CopyButton text={text} label={`Copy ${label.toLowerCase()}`} className="absolute top-1 right-1" />
    </div>
  );
}
