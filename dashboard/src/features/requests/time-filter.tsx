import { FilterSelect } from '../../components/filter-select/filter-select.js';
import { bucketSpan, isDay } from '../../lib/usage-window.js';
import { formatDate, formatMinute } from '../../lib/clock.js';
import { usePreferences } from '../../lib/preferences.js';

interface TimeFilterProps {
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly onChange: (range: { readonly from: string | undefined; readonly to: string | undefined }) => void;
}

const MINUTE_MS = 60_000;

const presets: readonly { readonly value: string; readonly label: string; readonly minutes: number }[] = [
  { value: '15m', label: 'Last 15 minutes', minutes: 15 },
  { value: '1h', label: 'Last hour', minutes: 60 },
  { value: '24h', label: 'Last 24 hours', minutes: 24 * 60 },
  { value: '7d', label: 'Last 7 days', minutes: 7 * 24 * 60 },
];

/** Since when, or the span that a figure elsewhere led here with. A day may be typed: `2026-11-24`. */
export function TimeFilter({ from, to, onChange }: TimeFilterProps) {
  const { clock } = usePreferences();
  const value = from ?? to;
  const choose = (chosen: string | undefined) => {
    const preset = presets.find((one) => one.value === chosen);
    if (preset)
      return onChange({ from: new Date(Date.now() - preset.minutes * MINUTE_MS).toISOString(), to: undefined });
    if (chosen !== undefined && isDay(chosen) && !Number.isNaN(Date.parse(chosen))) return onChange(bucketSpan(chosen));
    onChange({ from: undefined, to: undefined });
  };
  return (
    <FilterSelect
      name="time"
      value={value}
      options={value === undefined ? presets : [{ value, label: spanWords(from, to, clock) }, ...presets]}
      takesAny
      onChange={choose}
    />
  );
}

/** `24 Nov UTC` for a whole UTC day, else from when until when. */
export function spanWords(from: string | undefined, to: string | undefined, clock: 'local' | 'utc'): string {
  if (from !== undefined && to !== undefined) {
    const day = bucketSpan(from.slice(0, 10));
    if (Date.parse(day.from) === Date.parse(from) && Date.parse(day.to) === Date.parse(to)) {
      return `${formatDate(from, { clock: 'utc' })} UTC`;
    }
    return `${formatMinute(from, { clock })} – ${formatMinute(to, { clock })}`;
  }
  return from !== undefined ? `since ${formatMinute(from, { clock })}` : `until ${formatMinute(to ?? '', { clock })}`;
}
