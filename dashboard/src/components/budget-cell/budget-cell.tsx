import type { BudgetPeriod } from '../../../../libs/contracts/keys.js';
import { budgetNote } from '../../lib/budget-note.js';
import { BudgetBar } from '../budget-bar.js';

interface BudgetCellProps {
  readonly spentUsd: number;
  readonly limitUsd: number;
  readonly budgetPeriod: BudgetPeriod;
  readonly resetsAt: string | null;
  readonly now: Date;
}

/** A budget in two short lines: what is gone of it; for how long it holds. */
export function BudgetCell({ spentUsd, limitUsd, budgetPeriod, resetsAt, now }: BudgetCellProps) {
  return (
    <span className="flex flex-col">
      <BudgetBar spentUsd={spentUsd} limitUsd={limitUsd} />
      <span className="figures text-meta text-ink-2">{budgetNote({ budgetPeriod, resetsAt }, now)}</span>
    </span>
  );
}
