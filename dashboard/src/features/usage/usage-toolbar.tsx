import { useNavigate } from '@tanstack/react-router';
import type { UsageGroup, UsageRange, UsageSearch } from '../../app/route-search.js';
import { FilterSelect } from '../../components/filter-select/filter-select.js';
import { Segmented } from '../../components/segmented.js';
import { Select } from '../../components/select.js';
import { utcOffset } from '../../lib/clock.js';
import { useFilterChoices } from '../../lib/filter-choices.js';
import { usePreferences } from '../../lib/preferences.js';
import { isDay, type UsageWindow } from '../../lib/usage-window.js';
import { groupNames } from './groups.js';

interface UsageToolbarProps {
  readonly search: UsageSearch;
  readonly window: UsageWindow | null;
  /** Whether the reader sees rows of others. */
  readonly seesPeople: boolean;
}

const ranges: readonly { readonly value: UsageRange; readonly label: string }[] = [
  { value: '24h', label: '24 h' },
  { value: '7d', label: '7 d' },
  { value: '30d', label: '30 d' },
  { value: '90d', label: '90 d' },
  { value: 'custom', label: 'Custom' },
];

/** What is looked at: the time, the grouping, the filters; each of them in the URL. */
export function UsageToolbar({ search, window, seesPeople }: UsageToolbarProps) {
  const navigate = useNavigate();
  const choices = useFilterChoices();
  const change = (next: UsageSearch) => void navigate({ to: '/usage', search: { ...search, ...next }, replace: true });
  const chooseRange = (range: UsageRange) => {
    if (range !== 'custom')
      return change({ range: range === '7d' ? undefined : range, from: undefined, to: undefined });
    const { from, to } = lastDays(window);
    change({ range, from, to });
  };
  const groups = (Object.keys(groupNames) as UsageGroup[]).filter((group) => group !== 'user' || seesPeople);
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Segmented label="Time" value={search.range ?? '7d'} onChange={chooseRange} options={ranges} />
      {search.range === 'custom' && <CustomRange search={search} onChange={change} />}
      <label className="flex items-center gap-2 text-control text-ink-2">
        by
        <Select
          value={search.by ?? 'model'}
          onChange={(by) => change({ by: by === 'model' ? undefined : (by as UsageGroup), sort: undefined })}
          options={groups.map((value) => ({ value, label: groupNames[value] }))}
        />
      </label>
      <FilterSelect
        name="model"
        value={search.model}
        options={choices.models}
        takesAny
        onChange={(model) => change({ model })}
      />
      <FilterSelect name="key" value={search.key} options={choices.keys} onChange={(key) => change({ key })} />
      {seesPeople && choices.people.length > 0 && (
        <FilterSelect
          name="person"
          value={search.user}
          options={choices.people}
          onChange={(user) => change({ user })}
        />
      )}
      <ClockNote isHourly={window?.bucket === 'hour'} />
    </div>
  );
}

function ClockNote({ isHourly }: { readonly isHourly: boolean }) {
  const { clock } = usePreferences();
  const offset = utcOffset();
  if (isHourly) {
    return <p className="text-meta text-ink-3">Hours at {clock === 'utc' ? 'UTC' : offset}</p>;
  }
  return <p className="text-meta text-ink-3">UTC days{offset === 'UTC' ? '' : `; you are at ${offset}`}</p>;
}

interface CustomRangeProps {
  readonly search: UsageSearch;
  readonly onChange: (search: UsageSearch) => void;
}

const dateClass = 'control-h rounded-control border border-line-strong bg-surface px-2 text-control';

function CustomRange({ search, onChange }: CustomRangeProps) {
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      <input
        type="date"
        aria-label="First day, UTC"
        value={dayOf(search.from)}
        onChange={(event) => event.target.value && onChange({ from: event.target.value })}
        className={dateClass}
      />
      –
      <input
        type="date"
        aria-label="Last day, UTC"
        value={dayOf(search.to)}
        onChange={(event) => event.target.value && onChange({ to: event.target.value })}
        className={dateClass}
      />
    </span>
  );
}

function dayOf(text: string | undefined): string {
  if (text === undefined) return '';
  return isDay(text) ? text : text.slice(0, 10);
}

/** Where a custom range begins: with the days that are shown now. */
function lastDays(window: UsageWindow | null): { readonly from: string; readonly to: string } {
  const to = window?.buckets.at(-1) ?? new Date().toISOString();
  return { from: (window?.from ?? to).slice(0, 10), to: to.slice(0, 10) };
}
