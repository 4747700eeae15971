import type { ReactNode } from 'react';
import { classNames } from '../lib/class-names.js';

interface ChipProps {
  readonly tone?: 'plain' | 'accent' | 'ok' | 'warn' | 'danger';
  readonly children: ReactNode;
  readonly title?: string;
  readonly className?: string;
}

const tones: Readonly<Record<NonNullable<ChipProps['tone']>, string>> = {
  plain: 'bg-hover text-ink-2',
  accent: 'bg-accent-soft text-accent-text',
  ok: 'bg-ok-soft text-ok',
  warn: 'bg-warn-soft text-warn',
  danger: 'bg-danger-soft text-danger',
};

/** A word or two about a thing. */
export function Chip({ tone = 'plain', children, title, className }: ChipProps) {
  return (
    <span
      title={title}
      className={classNames(
        'inline-flex items-center gap-1 rounded-chip px-1.5 py-0.5 text-meta',
        tones[tone],
        className,
      )}
    >
      {children}
    </span>
  );
}
