import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import type { SetPrice } from '../../../../libs/contracts/prices.js';
import { Button } from '../../components/button.js';
import { Dialog, DialogActions } from '../../components/dialog.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { Field, inputClass } from '../../components/field.js';
import { plural } from '../../lib/figures.js';
import { plainUsd } from '../../lib/money.js';
import { notify } from '../../lib/notify.js';
import { repricePastCalls, setPrice } from '../../lib/prices.js';
import { readUsd } from '../../lib/usd-input.js';
import type { ModelTableRow } from './model-table-rows.js';

interface SetPriceDialogProps {
  readonly model: string;
  readonly row: ModelTableRow | undefined;
  readonly onClose: () => void;
}

interface PriceForm {
  readonly model: string;
  readonly input: string;
  readonly cachedInput: string;
  readonly cacheWrite: string;
  readonly output: string;
  readonly reprice: boolean;
}

const rates: readonly { readonly name: keyof PriceForm; readonly label: string; readonly hint?: string }[] = [
  { name: 'input', label: 'Input, USD per 1M tokens' },
  { name: 'output', label: 'Output, USD per 1M tokens' },
  { name: 'cachedInput', label: 'Cached input', hint: 'Empty: as input.' },
  { name: 'cacheWrite', label: 'Cache write', hint: 'Empty: as input.' },
];

/** A price over that of the package or where none is known, and past calls counted at it. */
export function SetPriceDialog({ model, row, onClose }: SetPriceDialogProps) {
  const queryClient = useQueryClient();
  const unpriced = row?.unpricedRequests ?? 0;
  const price = row?.price ?? null;
  const form = useForm<PriceForm>({
    defaultValues: {
      model,
      input: plainUsd(price?.input ?? null),
      output: plainUsd(price?.output ?? null),
      cachedInput: plainUsd(price?.cachedInput ?? null),
      cacheWrite: plainUsd(price?.cacheWrite ?? null),
      reprice: unpriced > 0,
    },
  });
  const saving = useMutation({
    mutationFn: async (values: PriceForm) => {
      await setPrice(values.model.trim(), toPrice(values));
      if (values.reprice) await repricePastCalls(values.model.trim());
    },
    onSuccess: async (_, values) => {
      await queryClient.invalidateQueries();
      await notify(values.reprice ? 'The price is set, past calls are counted at it.' : 'The price is set.');
      onClose();
    },
  });
  const { errors } = form.formState;
  const submit = form.handleSubmit((values) => saving.mutate(values));
  return (
    <Dialog
      open
      onClose={onClose}
      title="Set price"
      description="It holds from the next call on, over every other source."
    >
      <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-4">
        <Field
          label="Model"
          hint="As the upstream names it; gpt-4o* stands for every id that begins so."
          error={errors.model?.message}
        >
          {(control) => (
            <input
              {...control}
              {...form.register('model', { validate: (text) => text.trim() !== '' || 'Which model?' })}
              spellCheck={false}
              className={`${inputClass} font-mono`}
            />
          )}
        </Field>
        <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
          {rates.map(({ name, label, hint }) => (
            <Field key={name} label={label} hint={hint} error={errors[name]?.message}>
              {(control) => (
                <input
                  {...control}
                  {...form.register(name, {
                    validate: (text) => checkRate(String(text), name === 'input' || name === 'output'),
                  })}
                  inputMode="decimal"
                  autoComplete="off"
                  className={`${inputClass} figures`}
                />
              )}
            </Field>
          ))}
        </div>
        <label className="flex items-start gap-2 text-control">
          <input type="checkbox" {...form.register('reprice')} className="mt-0.5 size-4 shrink-0 accent-(--accent)" />
          <span>
            Re-price past calls
            {unpriced > 0 && <span className="text-ink-2"> ({plural(unpriced, 'call')} in 30 days have no price)</span>}
          </span>
        </label>
        {saving.error && <ErrorNotice error={saving.error} steps={{ retry: () => void submit() }} />}
        <DialogActions>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button look="filled" type="submit" disabled={saving.isPending}>
            {saving.isPending ? 'Setting…' : 'Set price'}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

function checkRate(text: string, isNeeded: boolean): true | string {
  const rate = readUsd(text);
  if (rate === null) return 'An amount in USD, like 2.50 or 0.';
  return rate !== undefined || !isNeeded || 'Needed: 0 where it is free.';
}

function toPrice({ input, output, cachedInput, cacheWrite }: PriceForm): SetPrice {
  const [cached, written] = [readUsd(cachedInput), readUsd(cacheWrite)];
  return {
    input: readUsd(input) ?? 0,
    output: readUsd(output) ?? 0,
    ...(typeof cached === 'number' ? { cachedInput: cached } : {}),
    ...(typeof written === 'number' ? { cacheWrite: written } : {}),
  };
}
