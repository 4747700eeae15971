import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { PromptLogQuery } from '../../../../libs/contracts/prompt-log.js';
import { Button } from '../../components/button.js';
import { EmptyState } from '../../components/empty-state.js';
import { fetchLog } from '../../lib/prompt-log.js';

interface RequestsEmptyProps {
  readonly filter: PromptLogQuery;
  readonly onRemove: (filters: readonly FilterName[]) => void;
}

export type FilterName = 'status' | 'model' | 'key' | 'user' | 'time';

const labels: Readonly<Record<FilterName, string>> = {
  status: 'status',
  model: 'model',
  key: 'key',
  user: 'person',
  time: 'time',
};

/** Nothing matches: says which filter keeps the rows away. Nothing at all yet: listens. */
export function RequestsEmpty({ filter, onRemove }: RequestsEmptyProps) {
  const names = filtersIn(filter);
  const { data: culprit } = useQuery({
    queryKey: ['prompt-log', 'without', filter],
    queryFn: ({ signal }) => findCulprit(filter, names, signal),
    enabled: names.length > 0,
  });
  if (names.length === 0) {
    return (
      <EmptyState
        title="Listening for the first call…"
        action={
          <Link
            to="/connect"
            search={{}}
            className="control-h inline-flex items-center rounded-control bg-accent px-3 font-semibold text-on-accent hover:bg-accent-hover"
          >
            Connect a program
          </Link>
        }
      />
    );
  }
  if (culprit) {
    return (
      <EmptyState
        title={`No request matches. Without the ${labels[culprit]} filter some do.`}
        action={
          <Button look="filled" onClick={() => onRemove([culprit])}>
            Remove it
          </Button>
        }
      />
    );
  }
  return (
    <EmptyState
      title="No request matches."
      action={
        <Button look="filled" onClick={() => onRemove(names)}>
          Remove the filters
        </Button>
      }
    />
  );
}

function filtersIn(filter: PromptLogQuery): readonly FilterName[] {
  const names: readonly FilterName[] = ['status', 'model', 'key', 'user'];
  const set = names.filter((name) => name !== 'time' && filter[name] !== undefined);
  return filter.from === undefined && filter.to === undefined ? set : [...set, 'time'];
}

/** The first filter without which there are rows; asked one after the other, a row at a time. */
async function findCulprit(
  filter: PromptLogQuery,
  names: readonly FilterName[],
  signal: AbortSignal,
): Promise<FilterName | null> {
  for (const name of names) {
    const { data } = await fetchLog({ ...without(filter, [name]), limit: 1 }, signal);
    if (data.length > 0) return name;
  }
  return null;
}

/** The filters without some of them. */
export function without<Filter extends object>(filter: Filter, names: readonly FilterName[]): Filter {
  const gone = new Set<string>(names.flatMap((name) => (name === 'time' ? ['from', 'to'] : [name])));
  return Object.fromEntries(Object.entries(filter).filter(([name]) => !gone.has(name))) as Filter;
}
