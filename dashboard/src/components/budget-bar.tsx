import { formatBudget } from '../lib/money.js';

interface BudgetBarProps {
  readonly spentUsd: number;
  readonly limitUsd: number;
  /** Said after the amounts: "a day, resets 00:00 UTC (in 9 h)". */
  readonly note?: string;
}

/** A budget and what is gone of it; over 80 % it warns, from 100 % on it is full and says by how much. */
export function BudgetBar({ spentUsd, limitUsd, note }: BudgetBarProps) {
  const share = limitUsd > 0 ? spentUsd / limitUsd : 1;
  const { spent, limit } = formatBudget(spentUsd, limitUsd);
  const colour = share >= 1 ? 'bg-danger' : share >= 0.8 ? 'bg-warn' : 'bg-accent';
  return (
    <div className="flex items-center gap-2">
      <span aria-hidden className="h-2 w-16 shrink-0 overflow-hidden rounded-full border border-line-strong bg-sunken">
        <span className={`block h-full ${colour}`} style={{ width: `${Math.min(100, share * 100)}%` }} />
      </span>
      <span className="figures text-table">
        {spent} of {limit}
        {note && <span className="text-ink-2"> {note}</span>}
        {share > 1 && <span className="text-danger"> over</span>}
      </span>
    </div>
  );
}
