import type { ReactNode } from 'react';
import { usePageTitle } from '../lib/use-page-title.js';

interface PageProps {
  readonly title: string;
  /** Filters and buttons beside the title. */
  readonly toolbar?: ReactNode;
  readonly children: ReactNode;
}

/** The frame of every page but chat: one heading (on phones the bar above shows it), a toolbar that wraps, and the content. */
export function Page({ title, toolbar, children }: PageProps) {
  usePageTitle(title);
  return (
    <div className="mx-auto flex w-full max-w-360 flex-col gap-4 p-4 md:p-6">
      <header className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <h1 className="mr-auto text-title max-md:sr-only">{title}</h1>
        {toolbar}
      </header>
      {children}
    </div>
  );
}
