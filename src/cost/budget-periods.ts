import type { BudgetPeriod } from '../../libs/contracts/keys.js';
import { DAY_MS, dayStart, monthStart, nextMonthStart, SPAN } from '../storage/usage-spans.js';

/** Every period is made of these stored sums. */
export const PERIOD_SPANS: Readonly<Record<BudgetPeriod, number>> = {
  day: SPAN.day,
  week: SPAN.day,
  month: SPAN.month,
  total: SPAN.month,
};

export interface RunningPeriod {
  /** First ms of the period. */
  readonly from: number;
  /** First ms of the next one; null when there is none. */
  readonly resetsAt: number | null;
}

/** The calendar period, in UTC, that a moment lies in; weeks begin on Monday. */
export function runningPeriod(period: BudgetPeriod, now: number): RunningPeriod {
  switch (period) {
    case 'day':
      return { from: dayStart(now), resetsAt: dayStart(now) + DAY_MS };
    case 'week': {
      const today = dayStart(now);
      const from = today - ((new Date(now).getUTCDay() + 6) % 7) * DAY_MS;
      return { from, resetsAt: from + 7 * DAY_MS };
    }
    case 'month':
      return { from: monthStart(now), resetsAt: nextMonthStart(now) };
    case 'total':
      return { from: 0, resetsAt: null };
  }
}
