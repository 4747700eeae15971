import { ChevronRight } from 'lucide-react';
import type { UseFormReturn } from 'react-hook-form';
import type { BudgetPeriod } from '../../../../libs/contracts/keys.js';
import { periodOptions } from '../../lib/budget-note.js';
import { Field, inputClass } from '../field.js';
import { Select } from '../select.js';
import { checks, type KeyFormValues } from './key-form-values.js';

interface KeyFieldsProps {
  readonly form: UseFormReturn<KeyFormValues>;
  /** Limits and owner are an administrator's to set. */
  readonly isAdmin: boolean;
  /** The rarer settings are seen at once. */
  readonly isUnfolded: boolean;
}

/** Everything that can be set of a key: a name and a budget, the rest folded. */
export function KeyFields({ form, isAdmin, isUnfolded }: KeyFieldsProps) {
  const { register, formState, watch, setValue } = form;
  const { errors } = formState;
  return (
    <>
      <Field label="Name" error={errors.name?.message}>
        {(control) => (
          <input
            {...control}
            {...register('name', { validate: checks.name })}
            autoComplete="off"
            className={inputClass}
          />
        )}
      </Field>
      <div className="grid grid-cols-2 gap-4">
        <Field label="Budget, USD" hint="Empty: none. 0: nothing may be spent." error={errors.budgetUsd?.message}>
          {(control) => (
            <input
              {...control}
              {...register('budgetUsd', { validate: checks.budgetUsd })}
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
              value={watch('budgetPeriod')}
              onChange={(period) => setValue('budgetPeriod', period as BudgetPeriod, { shouldDirty: true })}
              options={periodOptions}
            />
          )}
        </Field>
      </div>
      <details open={isUnfolded} className="group">
        <summary className="control-h flex list-none items-center gap-1 text-control font-semibold [&::-webkit-details-marker]:hidden">
          <ChevronRight
            aria-hidden
            size={16}
            strokeWidth={1.5}
            className="transition-transform duration-120 group-open:rotate-90"
          />
          Models, limits, end, {isAdmin && 'owner, '}tags
        </summary>
        <div className="flex flex-col gap-4 pt-2">
          <Field label="Models" hint="Ids or globs like gpt-4o*, one a line. Empty: every model.">
            {(control) => (
              <textarea
                {...control}
                {...register('models')}
                rows={3}
                spellCheck={false}
                className={`${inputClass} font-mono`}
              />
            )}
          </Field>
          {isAdmin && (
            <div className="grid grid-cols-1 gap-4 sm:grid-cols-3">
              {limits.map(({ name, label }) => (
                <Field key={name} label={label} error={errors[name]?.message}>
                  {(control) => (
                    <input
                      {...control}
                      {...register(name, { validate: checks.whole })}
                      inputMode="numeric"
                      autoComplete="off"
                      className={`${inputClass} figures`}
                    />
                  )}
                </Field>
              ))}
            </div>
          )}
          <Field label="Ends" hint="On your own clock. Empty: never.">
            {(control) => (
              <input {...control} {...register('expiresAt')} type="datetime-local" className={inputClass} />
            )}
          </Field>
          {isAdmin && (
            <Field label="Owner" hint="A name, or the address of a person, to whom its calls are then accounted.">
              {(control) => <input {...control} {...register('owner')} autoComplete="off" className={inputClass} />}
            </Field>
          )}
          <Field label="Tags" hint="On every call with it: team=search, env=prod" error={errors.tags?.message}>
            {(control) => (
              <input
                {...control}
                {...register('tags', { validate: checks.tags })}
                autoComplete="off"
                spellCheck={false}
                className={inputClass}
              />
            )}
          </Field>
        </div>
      </details>
    </>
  );
}

const limits: readonly { readonly name: 'rpm' | 'tpm' | 'maxParallel'; readonly label: string }[] = [
  { name: 'rpm', label: 'Requests a minute' },
  { name: 'tpm', label: 'Tokens a minute' },
  { name: 'maxParallel', label: 'Parallel calls' },
];
