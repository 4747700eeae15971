import { useId, type ReactNode } from 'react';

interface SwitchProps {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

/** On or off, at once. */
export function Switch({ label, hint, checked, onChange }: SwitchProps) {
  const id = useId();
  return (
    <div className="flex min-h-8 items-center justify-between gap-4">
      <span>
        <label htmlFor={id} className="text-control">
          {label}
        </label>
        {hint && (
          <span id={`${id}-hint`} className="block text-meta text-ink-3">
            {hint}
          </span>
        )}
      </span>
      <button
        id={id}
        type="button"
        role="switch"
        aria-checked={checked}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onClick={() => onChange(!checked)}
        className="relative h-6 w-10 shrink-0 rounded-full border border-line-strong bg-sunken transition-colors duration-120 aria-checked:border-accent aria-checked:bg-accent"
      >
        <span
          className={`absolute top-0.5 left-0.5 size-4.5 rounded-full transition-transform duration-120 ${checked ? 'translate-x-4 bg-on-accent' : 'bg-ink-3'}`}
        />
      </button>
    </div>
  );
}
