import { ChevronDown, X } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import { classNames } from '../../lib/class-names.js';
import { IconButton } from '../icon-button.js';
import { FilterOptions } from './filter-options.js';

export interface FilterOption {
  readonly value: string;
  readonly label: string;
  /** A word or figure beside it: how many calls it has. */
  readonly hint?: string;
}

interface FilterSelectProps {
  /** What is filtered by: "model". */
  readonly name: string;
  readonly value: string | undefined;
  readonly options: readonly FilterOption[];
  /** `undefined` takes the filter away. */
  readonly onChange: (value: string | undefined) => void;
  /** A value that is not listed may be typed. */
  readonly takesAny?: boolean;
  readonly id?: string;
}

/** One filter: a button that says what is chosen, a list to choose from with a search where it is long. */
export function FilterSelect({ name, value, options, onChange, takesAny = false, id: buttonId }: FilterSelectProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(false);
  const chosen = options.find((option) => option.value === value);
  const shown = chosen?.label ?? value;
  const onToggle = (event: React.ToggleEvent<HTMLDivElement>) => {
    const opens = event.newState === 'open';
    if (opens && button.current) place(event.currentTarget, button.current.getBoundingClientRect());
    setOpen(opens);
  };
  const choose = (next: string | undefined) => {
    panel.current?.hidePopover();
    onChange(next);
  };
  return (
    <span className="inline-flex min-w-0 items-center">
      <button
        ref={button}
        id={buttonId}
        type="button"
        popoverTarget={id}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        className={classNames(
          'control-h inline-flex max-w-60 min-w-0 items-center gap-1 rounded-control border px-3 text-control hover:bg-hover',
          value === undefined
            ? 'border-line-strong bg-surface text-ink-2'
            : 'border-accent bg-accent-soft text-accent-text',
        )}
      >
        <span className="truncate">
          {name}
          {shown !== undefined && `: ${shown}`}
        </span>
        <ChevronDown aria-hidden size={16} strokeWidth={1.5} className="shrink-0" />
      </button>
      {value !== undefined && (
        <IconButton
          label={`Remove the ${name} filter`}
          icon={<X aria-hidden size={16} strokeWidth={1.5} />}
          onClick={() => onChange(undefined)}
        />
      )}
      <div
        ref={panel}
        id={id}
        popover="auto"
        role="dialog"
        aria-label={`Filter by ${name}`}
        onToggle={onToggle}
        className="animate-popover inset-auto m-0 w-72 max-w-[calc(100vw-16px)] flex-col rounded-control border border-line bg-surface p-1 text-ink shadow-high open:flex"
      >
        {isOpen && <FilterOptions name={name} value={value} options={options} takesAny={takesAny} onChoose={choose} />}
      </div>
    </span>
  );
}

function place(panel: HTMLElement, button: DOMRect): void {
  const below = innerHeight - button.bottom - 12;
  const above = button.top - 12;
  const isBelow = below >= 240 || below >= above;
  panel.style.left = `${Math.max(8, Math.min(button.left, innerWidth - panel.offsetWidth - 8))}px`;
  panel.style.maxHeight = `${Math.min(400, isBelow ? below : above)}px`;
  panel.style.top = isBelow ? `${button.bottom + 4}px` : 'auto';
  panel.style.bottom = isBelow ? 'auto' : `${innerHeight - button.top + 4}px`;
}
