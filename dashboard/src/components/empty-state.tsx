import type { ReactNode } from 'react';

interface EmptyStateProps {
  readonly title: ReactNode;
  readonly children?: ReactNode;
  /** The one thing to do now. */
  readonly action?: ReactNode;
}

export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <div className="mx-auto flex max-w-120 flex-col items-center gap-3 px-4 py-12 text-center">
      <p className="text-prose font-semibold">{title}</p>
      {children && <div className="text-control text-ink-2">{children}</div>}
      {action}
    </div>
  );
}
