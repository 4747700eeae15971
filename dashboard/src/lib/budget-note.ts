import type { BudgetPeriod } from '../../../libs/contracts/keys.js';
import { formatDistance } from './duration.js';

const words: Readonly<Record<BudgetPeriod, string>> = {
  day: 'a day',
  week: 'a week',
  month: 'a month',
  total: 'in all',
};

/** `a day, resets 00:00 UTC (in 9 h)`: how long a budget holds, and when the next one begins. */
export function budgetNote(
  { budgetPeriod, resetsAt }: { readonly budgetPeriod: BudgetPeriod; readonly resetsAt: string | null },
  now: Date,
): string {
  if (resetsAt === null) return words[budgetPeriod];
  const at = new Date(resetsAt);
  const time = at.toISOString().slice(11, 16);
  return `${words[budgetPeriod]}, resets ${time} UTC (in ${formatDistance(at.getTime() - now.getTime())})`;
}

/** The periods to choose from. */
export const periodOptions: readonly { readonly value: BudgetPeriod; readonly label: string }[] = [
  { value: 'day', label: 'day' },
  { value: 'week', label: 'week' },
  { value: 'month', label: 'month' },
  { value: 'total', label: 'in all' },
];
