import type { SelectHTMLAttributes } from 'react';
import { classNames } from '../lib/class-names.js';
import { ChevronDown } from 'lucide-react';

export interface SelectOption {
  readonly value: string;
  readonly label: string;
  readonly disabled?: boolean;
}

interface SelectProps extends Omit<SelectHTMLAttributes<HTMLSelectElement>, 'onChange'> {
  readonly options: readonly SelectOption[];
  readonly onChange: (value: string) => void;
}

/** The platform's own select: complete on touch, by keyboard and for screen readers. Long lists have a search: ModelPicker. */
export function Select({ options, onChange, className, ...rest }: SelectProps) {
  return (
    <span className={classNames('relative inline-flex', className)}>
      <select
        className="control-h w-full min-w-0 appearance-none truncate rounded-control border border-line-strong bg-surface py-1 pr-8 pl-3 text-control text-ink"
        onChange={(event) => onChange(event.target.value)}
        {...rest}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden
        size={16}
        strokeWidth={1.5}
        className="pointer-events-none absolute top-1/2 right-2 -translate-y-1/2 text-ink-2"
      />
    </span>
  );
}
