import { Search } from 'lucide-react';
import type { Ref } from 'react';
import type { RequestStatus } from '../../../../libs/contracts/prompt-log.js';
import type { RequestsSearch } from '../../app/route-search.js';
import { FilterSelect } from '../../components/filter-select/filter-select.js';
import type { FilterChoices } from '../../lib/filter-choices.js';
import { isComposing } from '../../lib/typing.js';
import { TimeFilter } from './time-filter.js';

interface RequestFiltersProps {
  readonly search: RequestsSearch;
  readonly choices: FilterChoices;
  readonly onChange: (search: RequestsSearch) => void;
  readonly idField: Ref<HTMLInputElement>;
}

const statuses: readonly { readonly value: RequestStatus; readonly label: string }[] = [
  { value: 'ok', label: '● ok' },
  { value: 'partial', label: '◐ partial' },
  { value: 'aborted', label: '⊘ aborted' },
  { value: 'failed', label: '▲ failed' },
  { value: 'rejected', label: '■ rejected' },
  { value: 'unknown', label: '? unknown' },
];

/** The filters, each of them in the URL, and the field for a request id. */
export function RequestFilters({ search, choices, onChange, idField }: RequestFiltersProps) {
  const change = (next: RequestsSearch) => onChange({ ...search, ...next });
  return (
    <>
      <FilterSelect
        name="status"
        value={search.status}
        options={statuses}
        onChange={(status) => change({ status: statuses.find(({ value }) => value === status)?.value })}
      />
      <FilterSelect
        name="model"
        value={search.model}
        options={choices.models}
        takesAny
        onChange={(model) => change({ model })}
      />
      <FilterSelect name="key" value={search.key} options={choices.keys} onChange={(key) => change({ key })} />
      {choices.people.length > 0 && (
        <FilterSelect
          name="person"
          value={search.user}
          options={choices.people}
          onChange={(user) => change({ user })}
        />
      )}
      <TimeFilter from={search.from} to={search.to} onChange={change} />
      <label className="relative min-w-44 flex-1 sm:max-w-72">
        <span className="sr-only">Request id</span>
        <Search
          aria-hidden
          size={16}
          strokeWidth={1.5}
          className="absolute top-1/2 left-2 -translate-y-1/2 text-ink-3"
        />
        <input
          ref={idField}
          type="search"
          placeholder="Request id"
          enterKeyHint="search"
          onKeyDown={(event) => {
            const id = event.currentTarget.value.trim();
            if (event.key === 'Enter' && !isComposing(event.nativeEvent) && id !== '') change({ id });
          }}
          className="control-h w-full rounded-control border border-line-strong bg-surface pr-3 pl-8 text-control"
        />
      </label>
    </>
  );
}
