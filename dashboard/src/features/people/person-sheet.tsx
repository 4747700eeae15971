import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useForm } from 'react-hook-form';
import type { BudgetPeriod } from '../../../../libs/contracts/keys.js';
import type { UpdateUser, UserRow } from '../../../../libs/contracts/users.js';
import { Button } from '../../components/button.js';
import { Dialog } from '../../components/dialog.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { Field, inputClass } from '../../components/field.js';
import { QueryError } from '../../components/query-error/query-error.js';
import { Select } from '../../components/select.js';
import { Loading, Skeleton } from '../../components/skeleton.js';
import { Time } from '../../components/time.js';
import { plural } from '../../lib/figures.js';
import { plainUsd } from '../../lib/money.js';
import { readUsd } from '../../lib/usd-input.js';
import { nameOfPerson, personQuery, updatePerson } from '../../lib/people.js';
import { periodOptions } from '../../lib/budget-note.js';
import { PersonBudget } from './people-table.js';
import { PersonState } from './person-state.js';

interface PersonSheetProps {
  readonly id: string;
  readonly now: Date;
  readonly onClose: () => void;
}

/** One person: what they spent, what they may, and whether they may come in. */
export function PersonSheet({ id, now, onClose }: PersonSheetProps) {
  const query = useQuery(personQuery(id));
  const { data: person } = query;
  return (
    <Dialog open onClose={onClose} shape="sheet" title={person ? <bdi>{nameOfPerson(person)}</bdi> : 'Person'}>
      {!person && <QueryError query={query} />}
      {!person && !query.error && (
        <Loading>
          <Skeleton className="mb-4 h-24 rounded-control" />
          <Skeleton className="h-40 rounded-control" />
        </Loading>
      )}
      {person && <PersonDetails key={person.id} person={person} now={now} />}
    </Dialog>
  );
}

interface PersonForm {
  readonly budgetUsd: string;
  readonly budgetPeriod: BudgetPeriod;
}

function PersonDetails({ person, now }: { readonly person: UserRow; readonly now: Date }) {
  const queryClient = useQueryClient();
  const form = useForm<PersonForm>({
    values: { budgetUsd: plainUsd(person.budgetUsd), budgetPeriod: person.budgetPeriod ?? 'month' },
  });
  const changing = useMutation({
    mutationFn: (change: UpdateUser) => updatePerson(person.id, change),
    onSuccess: (changed) => {
      queryClient.setQueryData(personQuery(person.id).queryKey, changed);
      void queryClient.invalidateQueries({ queryKey: ['people', 'pages'] });
    },
  });
  const submit = form.handleSubmit(({ budgetUsd, budgetPeriod }) => {
    const amount = readUsd(budgetUsd) ?? null;
    changing.mutate(amount === null ? { budgetUsd: null } : { budgetUsd: amount, budgetPeriod });
  });
  return (
    <div className="flex flex-col gap-6">
      <div className="flex flex-col gap-2 text-control">
        <p className="flex flex-wrap items-center gap-x-3">
          <span className="break-all">{person.email}</span>
          <span className="text-ink-2">{person.role}</span>
          <PersonState isDisabled={person.disabled} />
        </p>
        <PersonBudget person={person} now={now} />
        <p className="text-ink-2">
          {plural(person.keys, 'key')} · last seen{' '}
          {person.lastSeenAt === null ? 'never' : <Time iso={person.lastSeenAt} show="age" />}
        </p>
        <p className="flex flex-wrap gap-x-4">
          <Link to="/requests" search={{ user: person.id }} className="text-accent-text underline underline-offset-2">
            Their requests
          </Link>
          <Link to="/usage" search={{ user: person.id }} className="text-accent-text underline underline-offset-2">
            Their usage
          </Link>
        </p>
      </div>
      <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-4">
        <div className="grid grid-cols-2 gap-4">
          <Field
            label="Budget, USD"
            hint="Empty: none. It holds for all of their calls and keys together."
            error={form.formState.errors.budgetUsd?.message}
          >
            {(control) => (
              <input
                {...control}
                {...form.register('budgetUsd', {
                  validate: (text) => readUsd(text) !== null || 'An amount in USD, like 5 or 0.50.',
                })}
                inputMode="decimal"
                autoComplete="off"
                className={`${inputClass} figures`}
              />
            )}
          </Field>
          <Field label="Per" hint="Calendar periods in UTC, weeks from Monday.">
            {(control) => (
              <Select
                {...control}
                value={form.watch('budgetPeriod')}
                onChange={(period) => form.setValue('budgetPeriod', period as BudgetPeriod, { shouldDirty: true })}
                options={periodOptions}
              />
            )}
          </Field>
        </div>
        {changing.error && (
          <ErrorNotice error={changing.error} steps={{ retry: () => changing.mutate(changing.variables) }} />
        )}
        <div className="flex items-center gap-3">
          <Button look="filled" type="submit" disabled={changing.isPending || !form.formState.isDirty}>
            Save
          </Button>
          <span role="status" className="text-control text-ink-2">
            {changing.isSuccess && !form.formState.isDirty ? 'Saved: it holds from the next call on.' : ''}
          </span>
        </div>
      </form>
      <div className="flex flex-col gap-2 border-t border-line pt-4 text-control">
        <p className="text-ink-2">
          {person.disabled
            ? 'Switched off: no session and no key of theirs opens anything.'
            : 'Switching off ends their sessions and keys at once. Who is an administrator is set in the configuration.'}
        </p>
        <div>
          <Button
            look={person.disabled ? 'outline' : 'danger'}
            onClick={() => changing.mutate({ disabled: !person.disabled })}
            disabled={changing.isPending}
          >
            {person.disabled ? 'Switch on' : 'Switch off'}
          </Button>
        </div>
      </div>
    </div>
  );
}
