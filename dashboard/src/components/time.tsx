import { exactTime, formatAge, formatMinute, formatTime } from '../lib/clock.js';
import { usePreferences } from '../lib/preferences.js';

interface TimeProps {
  readonly iso: string | null;
  /** `exact` to the millisecond, `minute`, or the `age`. */
  readonly show?: 'exact' | 'minute' | 'age';
}

/** A moment on the reader's clock; hover and focus give ISO UTC and the age. */
export function Time({ iso, show = 'exact' }: TimeProps) {
  const { clock } = usePreferences();
  if (iso === null) return <span className="text-ink-3">–</span>;
  const text =
    show === 'exact' ? formatTime(iso, { clock }) : show === 'minute' ? formatMinute(iso, { clock }) : formatAge(iso);
  return (
    <time dateTime={iso} title={exactTime(iso)} className="figures">
      {text}
    </time>
  );
}
