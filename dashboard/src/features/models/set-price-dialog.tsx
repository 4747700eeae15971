import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import type { Repriced, SetPrice } from '../../../../libs/contracts/prices.js';
import { Button } from '../../components/button.js';
import { Dialog, DialogActions } from '../../components/dialog.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { Field, inputClass } from '../../components/field.js';
import { plural } from '../../lib/figures.js';
import { formatUsd, plainUsd } from '../../lib/money.js';
import { notify } from '../../lib/notify.js';
import { pricesQuery, removePrice, repricePastCalls, setPrice } from '../../lib/prices.js';
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
  const { data: prices } = useQuery(pricesQuery);
  const ownPrice = prices?.data.find((one) => one.model === model && one.source === 'administrator');
  const done = async (words: string) => {
    await queryClient.invalidateQueries();
    await notify(words);
    onClose();
  };
  const saving = useMutation({
    mutationFn: async (values: PriceForm) => {
      await setPrice(values.model.trim(), toPrice(values));
      return values.reprice ? repricePastCalls(values.model.trim()) : null;
    },
    onSuccess: (repriced) => done(repriced === null ? 'The price is set.' : repricedWords(repriced)),
  });
  const removing = useMutation({
    mutationFn: () => removePrice(model),
    onSuccess: () => done('The price is removed: what it hid holds again.'),
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
            <>
              <input
                {...control}
                {...form.register('model', { validate: (text) => text.trim() !== '' || 'Which model?' })}
                spellCheck={false}
                list={`${control.id}-unpriced`}
                className={`${inputClass} font-mono`}
              />
              <datalist id={`${control.id}-unpriced`}>
                {prices?.unpriced?.map((one) => (
                  <option key={`${one.upstream}/${one.model}`} value={one.model}>
                    {plural(one.requests, 'call')} at {one.upstream}
                  </option>
                ))}
              </datalist>
            </>
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
        {removing.error && <ErrorNotice error={removing.error} steps={{ retry: () => removing.mutate() }} />}
        <DialogActions>
          {ownPrice && (
            <Button look="quiet" onClick={() => removing.mutate()} disabled={removing.isPending}>
              Remove this price
            </Button>
          )}
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

/** What came of it. None counted anew may mean that the upstream knows the model by another name. */
function repricedWords({ repriced, costUsd, unpriced }: Repriced): string {
  if (repriced > 0) return `The price is set; ${plural(repriced, 'past call')} cost ${formatUsd(costUsd)}.`;
  return unpriced > 0
    ? 'The price is set, but no past call has it: does the upstream name the model so?'
    : 'The price is set. No past call was without one.';
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
