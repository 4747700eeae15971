import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import { classNames } from '../lib/class-names.js';

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** `filled` once a view; `outline` for the rest; `quiet` inside toolbars; `danger` for what cannot be undone. */
  readonly look?: 'filled' | 'outline' | 'quiet' | 'danger';
  readonly icon?: ReactNode;
  readonly ref?: Ref<HTMLButtonElement>;
}

const looks: Readonly<Record<NonNullable<ButtonProps['look']>, string>> = {
  filled: 'bg-accent text-on-accent enabled:hover:bg-accent-hover',
  outline: 'border border-line-strong bg-surface text-ink enabled:hover:bg-hover',
  quiet: 'text-ink-2 enabled:hover:bg-hover enabled:hover:text-ink',
  danger: 'bg-danger text-on-accent enabled:hover:brightness-110',
};

export function Button({ look = 'outline', icon, className, children, type = 'button', ...rest }: ButtonProps) {
  return (
    <button
      type={type}
      className={classNames(
        'control-h inline-flex items-center justify-center gap-2 rounded-control px-3 text-control font-semibold whitespace-nowrap transition-colors duration-120 disabled:opacity-50',
        look === 'quiet' && 'font-normal',
        looks[look],
        className,
      )}
      {...rest}
    >
      {icon}
      {children}
    </button>
  );
}
