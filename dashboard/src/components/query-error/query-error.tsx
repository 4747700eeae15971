import { PanelError } from '../panel-error.js';
import { Time } from '../time.js';

interface QueryErrorProps {
  readonly query: {
    readonly error: unknown;
    readonly data: unknown;
    /** ms since 1970; 0 without data. */
    readonly dataUpdatedAt: number;
    readonly refetch: () => Promise<unknown>;
  };
}

/** Why a panel has nothing, or why what it has is old, and of when that is; nothing where all is well. */
export function QueryError({ query }: QueryErrorProps) {
  const { error, data, dataUpdatedAt, refetch } = query;
  if (!error) return null;
  return (
    <div className="flex flex-col gap-1">
      <PanelError error={error} onRetry={() => void refetch()} />
      {data !== undefined && (
        <p className="text-meta text-ink-2">
          What follows is as of <Time iso={new Date(dataUpdatedAt).toISOString()} show="minute" />.
        </p>
      )}
    </div>
  );
}
