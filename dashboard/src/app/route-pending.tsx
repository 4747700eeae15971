import { Skeleton } from '../components/skeleton.js';

/** While a page's own code is on the way. */
export function RoutePending() {
  return (
    <div aria-busy="true" className="flex flex-col gap-4 p-6">
      <Skeleton className="h-7 w-40" />
      <Skeleton className="h-40 w-full" />
    </div>
  );
}
