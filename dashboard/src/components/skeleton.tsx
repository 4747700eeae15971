import { useEffect, useState, type ReactNode } from 'react';
import { classNames } from '../lib/class-names.js';

/** A grey box where a line or a figure will be; give it the final size. */
export function Skeleton({ className }: { readonly className?: string }) {
  return <span aria-hidden className={classNames('block rounded-chip bg-hover', className ?? 'h-4 w-full')} />;
}

interface LoadingProps {
  /** The page's final geometry, made of skeletons. */
  readonly children: ReactNode;
}

/** Nothing for 200 ms, then the skeleton; after 3 s it says so. */
export function Loading({ children }: LoadingProps) {
  const isSlow = useAfter(200);
  const isVerySlow = useAfter(3000);
  return (
    <div aria-busy="true" className={isSlow ? '' : 'invisible'}>
      {children}
      <p role="status" className="mt-2 min-h-4 text-meta text-ink-3">
        {isVerySlow ? 'Still loading…' : ''}
      </p>
    </div>
  );
}

function useAfter(ms: number): boolean {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setOver(true), ms);
    return () => clearTimeout(timer);
  }, [ms]);
  return isOver;
}

/** A bar of 2 px over old data while new data loads; it takes no room. */
export function RefreshBar({ active }: { readonly active: boolean }) {
  return (
    <div className="relative h-0" aria-hidden>
      {active && (
        <div className="absolute inset-x-0 top-0 h-0.5 overflow-hidden">
          <div className="animate-bar h-full w-1/4 bg-accent" />
        </div>
      )}
    </div>
  );
}
