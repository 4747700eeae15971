import { ChevronDown } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import { classNames } from '../lib/class-names.js';
import { ModelList } from './model-list.js';

interface ModelPickerProps {
  readonly value: string;
  readonly onChange: (model: string) => void;
  readonly upstream?: string | null | undefined;
  /** The accessible name: "Model", "Model 2". */
  readonly label: string;
  readonly className?: string;
}

/** A button with the model's name that opens the list of models beside it. */
export function ModelPicker({ value, onChange, upstream, label, className }: ModelPickerProps) {
  const id = useId();
  const panel = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const onToggle = (event: React.ToggleEvent<HTMLDivElement>) => {
    const opens = event.newState === 'open';
    if (opens && button.current) place(event.currentTarget, button.current.getBoundingClientRect());
    setOpen(opens);
  };
  const choose = (model: string) => {
    panel.current?.hidePopover();
    onChange(model);
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        popoverTarget={id}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        aria-label={`${label}: ${value || 'none'}`}
        className={classNames(
          'control-h flex min-w-0 items-center justify-between gap-2 rounded-control border border-line-strong bg-surface px-3 text-left text-control hover:bg-hover',
          className,
        )}
      >
        <span className="truncate">{value || 'Choose a model'}</span>
        <ChevronDown aria-hidden size={16} strokeWidth={1.5} className="shrink-0 text-ink-2" />
      </button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        role="dialog"
        aria-label={label}
        onToggle={onToggle}
        className="animate-popover inset-auto m-0 w-80 max-w-[calc(100vw-16px)] flex-col rounded-control border border-line bg-surface p-2 text-ink shadow-high open:flex"
      >
        {isOpen && <ModelList chosen={value} upstream={upstream} onChoose={choose} />}
      </div>
    </>
  );
}

/** Below its button where there is room, else above; as high as the window allows. */
function place(panel: HTMLElement, button: DOMRect): void {
  const below = innerHeight - button.bottom - 12;
  const above = button.top - 12;
  const isBelow = below >= 320 || below >= above;
  panel.style.left = `${Math.max(8, Math.min(button.left, innerWidth - panel.offsetWidth - 8))}px`;
  panel.style.maxHeight = `${Math.min(480, isBelow ? below : above)}px`;
  panel.style.top = isBelow ? `${button.bottom + 4}px` : 'auto';
  panel.style.bottom = isBelow ? 'auto' : `${innerHeight - button.top + 4}px`;
}
