import { useId } from 'react';
import { classNames } from '../lib/class-names.js';

interface SegmentedProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
}

/** A choice of few, all of them visible: ranges, themes. Radio buttons underneath. */
export function Segmented<Value extends string>({ label, value, onChange, options }: SegmentedProps<Value>) {
  const name = useId();
  return (
    <div
      role="radiogroup"
      aria-label={label}
      className="inline-flex rounded-control border border-line-strong bg-surface"
    >
      {options.map((option) => (
        <label
          key={option.value}
          className={classNames(
            'control-h relative inline-flex cursor-pointer items-center rounded-control px-3 text-control whitespace-nowrap has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent',
            option.value === value ? 'bg-accent-soft font-semibold text-accent-text' : 'text-ink-2 hover:bg-hover',
          )}
        >
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            className="absolute inset-0 cursor-pointer opacity-0"
          />
          {option.label}
        </label>
      ))}
    </div>
  );
}
