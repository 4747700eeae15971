import type { ReactNode } from 'react';

/** A small offer beside what is being typed. */
export function ChipButton({ onClick, children }: { readonly onClick: () => void; readonly children: ReactNode }) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="inline-flex min-h-6 items-center rounded-chip bg-accent-soft px-2 text-meta text-accent-text hover:underline"
    >
      {children}
    </button>
  );
}
