import { Link } from '@tanstack/react-router';
import type { UserRow } from '../../../../libs/contracts/users.js';
import { BudgetCell } from '../../components/budget-cell/budget-cell.js';
import { Cell, HeadCell, TableFrame } from '../../components/table-head.js';
import { Time } from '../../components/time.js';
import { formatCount } from '../../lib/figures.js';
import { formatUsdColumn, plainUsd } from '../../lib/money.js';
import { nameOfPerson } from '../../lib/people.js';
import { PersonState } from './person-state.js';

interface PeopleTableProps {
  readonly people: readonly UserRow[];
  readonly now: Date;
}

export function PeopleTable({ people, now }: PeopleTableProps) {
  return (
    <TableFrame label="People">
      <thead>
        <tr>
          <HeadCell>Person</HeadCell>
          <HeadCell>E-mail</HeadCell>
          <HeadCell>Role</HeadCell>
          <HeadCell align="right">Spend month, USD</HeadCell>
          <HeadCell>Budget, USD</HeadCell>
          <HeadCell align="right">Keys</HeadCell>
          <HeadCell align="right">Last seen</HeadCell>
          <HeadCell>State</HeadCell>
        </tr>
      </thead>
      <tbody>
        {people.map((person) => (
          <tr key={person.id} className="border-b border-line last:border-0 hover:bg-hover">
            <Cell className="max-w-40 sm:max-w-56">
              <Link
                to="/people/{-$id}"
                params={{ id: person.id }}
                title={nameOfPerson(person)}
                className="block truncate text-accent-text hover:underline"
              >
                <bdi>{nameOfPerson(person)}</bdi>
              </Link>
            </Cell>
            <Cell className="max-w-56 truncate" title={person.email}>
              {person.email || <span className="text-ink-2">deleted</span>}
            </Cell>
            <Cell>{person.role}</Cell>
            <Cell align="right" title={`USD ${plainUsd(person.spentMonthUsd)}`}>
              {person.spentMonthUsd === null ? '–' : formatUsdColumn(person.spentMonthUsd)}
            </Cell>
            <Cell>
              <PersonBudget person={person} now={now} />
            </Cell>
            <Cell align="right">{formatCount(person.keys)}</Cell>
            <Cell align="right">
              {person.lastSeenAt === null ? (
                <span className="text-ink-2">never</span>
              ) : (
                <Time iso={person.lastSeenAt} show="age" />
              )}
            </Cell>
            <Cell>
              <PersonState isDisabled={person.disabled} />
            </Cell>
          </tr>
        ))}
      </tbody>
    </TableFrame>
  );
}

export function PersonBudget({ person, now }: { readonly person: UserRow; readonly now: Date }) {
  const { budgetUsd, budgetPeriod, spentUsd, resetsAt } = person;
  if (budgetUsd === null) return <span className="text-ink-3">none</span>;
  return (
    <BudgetCell
      spentUsd={spentUsd ?? 0}
      limitUsd={budgetUsd}
      budgetPeriod={budgetPeriod ?? 'month'}
      resetsAt={resetsAt}
      now={now}
    />
  );
}
