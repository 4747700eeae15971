import { useId, type ReactNode } from 'react';
import { classNames } from '../lib/class-names.js';

export interface FieldControlProps {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': true | undefined;
}

interface FieldProps {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  /** Said under the control instead of the hint. */
  readonly error?: string | null | undefined;
  readonly className?: string;
  /** Renders the control with the properties that tie it to its label and message. */
  readonly children: (control: FieldControlProps) => ReactNode;
}

export const inputClass =
  'control-h w-full rounded-control border border-line-strong bg-surface px-3 py-1 text-control text-ink aria-invalid:border-danger';

/** A label, a control and one line under it: the hint, or what is wrong. */
export function Field({ label, hint, error, className, children }: FieldProps) {
  const id = useId();
  const hasMessage = Boolean(error ?? hint);
  return (
    <div className={classNames('flex flex-col gap-1', className)}>
      <label htmlFor={id} className="text-meta font-semibold text-ink-2">
        {label}
      </label>
      {children({
        id,
        'aria-describedby': hasMessage ? `${id}-message` : undefined,
        'aria-invalid': error ? true : undefined,
      })}
      {hasMessage && (
        <p id={`${id}-message`} className={classNames('text-meta', error ? 'text-danger' : 'text-ink-3')}>
          {error ?? hint}
        </p>
      )}
    </div>
  );
}
