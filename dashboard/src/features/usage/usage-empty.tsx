import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { UsageSearch } from '../../app/route-search.js';
import { Button } from '../../components/button.js';
import { EmptyState } from '../../components/empty-state.js';
import { costsQuery } from '../../lib/costs.js';
import { formatDate } from '../../lib/clock.js';
import { plural } from '../../lib/figures.js';
import type { UsageWindow } from '../../lib/usage-window.js';

interface UsageEmptyProps {
  readonly search: UsageSearch;
  readonly window: UsageWindow;
  readonly onSearch: (search: UsageSearch) => void;
}

const linkClass =
  'control-h inline-flex items-center rounded-control bg-accent px-3 font-semibold text-on-accent hover:bg-accent-hover';

/** Nothing in this time: says when something was, and leads there. */
export function UsageEmpty({ search, window, onSearch }: UsageEmptyProps) {
  const { data } = useQuery(costsQuery({ groupBy: 'status' }));
  const hasFilter = [search.key, search.user, search.model, search.tag].some(Boolean);
  const last = data?.total.lastUsedAt ?? null;
  const unit = window.bucket === 'day' ? 'day' : 'hour';
  const span = `these ${plural(window.buckets.length, unit)}`;
  if (hasFilter) {
    return (
      <EmptyState
        title={`No call matches in ${span}.`}
        action={
          <Button
            look="filled"
            onClick={() => onSearch({ ...search, key: undefined, user: undefined, model: undefined, tag: undefined })}
          >
            Remove the filters
          </Button>
        }
      />
    );
  }
  if (data && last === null) {
    return (
      <EmptyState
        title="No calls yet."
        action={
          <Link to="/connect" search={{}} className={linkClass}>
            Connect a program
          </Link>
        }
      />
    );
  }
  if (last === null) return null;
  const day = last.slice(0, 10);
  return (
    <EmptyState
      title={`No calls in ${span}. The last was on ${formatDate(last, { clock: 'utc' })}.`}
      action={
        <Button look="filled" onClick={() => onSearch({ ...search, range: 'custom', from: day, to: day })}>
          Show it
        </Button>
      }
    />
  );
}
