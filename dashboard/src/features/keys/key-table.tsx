import { Link } from '@tanstack/react-router';
import type { KeyRow } from '../../../../libs/contracts/keys.js';
import { BudgetBar } from '../../components/budget-bar.js';
import { BudgetCell } from '../../components/budget-cell/budget-cell.js';
import { Cell, HeadCell, TableFrame } from '../../components/table-head.js';
import { Time } from '../../components/time.js';
import { formatCount } from '../../lib/figures.js';
import { formatUsdColumn, plainUsd } from '../../lib/money.js';
import { KeyStateMark } from './key-state-mark.js';

interface KeyTableProps {
  readonly keys: readonly KeyRow[];
  /** Spent in 30 days, by key id. */
  readonly spending: ReadonlyMap<string, number>;
  readonly now: Date;
}

/** The keys with what they may and what they have spent. */
export function KeyTable({ keys, spending, now }: KeyTableProps) {
  return (
    <TableFrame label="Keys">
      <thead>
        <tr>
          <HeadCell>Name</HeadCell>
          <HeadCell>Key</HeadCell>
          <HeadCell>State</HeadCell>
          <HeadCell>Budget, USD</HeadCell>
          <HeadCell>Owner</HeadCell>
          <HeadCell>Models</HeadCell>
          <HeadCell align="right">Requests/min</HeadCell>
          <HeadCell align="right">Tokens/min</HeadCell>
          <HeadCell align="right">Parallel</HeadCell>
          <HeadCell align="right">Cost 30 d, USD</HeadCell>
          <HeadCell align="right">Last used</HeadCell>
          <HeadCell align="right">Expires</HeadCell>
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => {
          const spent = spending.get(key.id) ?? 0;
          return (
            <tr key={key.id} className="border-b border-line last:border-0 hover:bg-hover">
              <Cell className="max-w-40 sm:max-w-60">
                <Link
                  to="/keys/{-$id}"
                  params={{ id: key.id }}
                  title={key.name}
                  className="block truncate text-accent-text hover:underline"
                >
                  <bdi>{key.name}</bdi>
                </Link>
              </Cell>
              <Cell>
                <code className="font-mono">{key.key}</code>
              </Cell>
              <Cell>
                <KeyStateMark row={key} now={now} />
              </Cell>
              <Cell>
                <Budget row={key} now={now} />
              </Cell>
              <Cell className="max-w-44 truncate" title={key.owner ?? undefined}>
                {key.owner === null ? <span className="text-ink-3">–</span> : <bdi>{key.owner}</bdi>}
              </Cell>
              <Cell className="max-w-44 truncate" title={key.models?.join(', ')}>
                {key.models === null ? <span className="text-ink-2">all</span> : key.models.join(', ')}
              </Cell>
              <Cell align="right">{limit(key.rpm)}</Cell>
              <Cell align="right">{limit(key.tpm)}</Cell>
              <Cell align="right">{limit(key.maxParallel)}</Cell>
              <Cell align="right" title={`USD ${plainUsd(spent)}`}>
                {formatUsdColumn(spent)}
              </Cell>
              <Cell align="right">
                {key.lastUsedAt === null ? (
                  <span className="text-ink-2">never</span>
                ) : (
                  <Time iso={key.lastUsedAt} show="age" />
                )}
              </Cell>
              <Cell align="right">
                {key.expiresAt === null ? (
                  <span className="text-ink-3">–</span>
                ) : (
                  <Time iso={key.expiresAt} show="minute" />
                )}
              </Cell>
            </tr>
          );
        })}
      </tbody>
    </TableFrame>
  );
}

function limit(value: number | null): string {
  return value === null ? '–' : formatCount(value);
}

/** The budget and what is gone of it; where a person's own ends first, that is said. */
export function Budget({ row, now }: { readonly row: KeyRow; readonly now: Date }) {
  const { budgetUsd, spentUsd, tightestLimit } = row;
  const tighter = tightestLimit?.of === 'person' ? tightestLimit : null;
  return (
    <span className="flex flex-col">
      {budgetUsd === null ? (
        !tighter && <span className="text-ink-3">none</span>
      ) : (
        <BudgetCell
          spentUsd={spentUsd ?? 0}
          limitUsd={budgetUsd}
          budgetPeriod={row.budgetPeriod}
          resetsAt={row.resetsAt}
          now={now}
        />
      )}
      {tighter && (
        <span className="flex items-center gap-2">
          <BudgetBar spentUsd={tighter.spentUsd} limitUsd={tighter.limitUsd} note="of the owner’s budget" />
        </span>
      )}
    </span>
  );
}
