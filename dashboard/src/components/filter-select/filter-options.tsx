import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { Check } from 'lucide-react';
import { isComposing } from '../../lib/typing.js';
import type { FilterOption } from './filter-select.js';

interface FilterOptionsProps {
  readonly name: string;
  readonly value: string | undefined;
  readonly options: readonly FilterOption[];
  readonly takesAny: boolean;
  readonly onChoose: (value: string | undefined) => void;
}

const MOST_SHOWN = 200;

/** The list of a filter. The field above it looks for an entry, or takes a value that is not listed. */
export function FilterOptions({ name, value, options, takesAny, onChoose }: FilterOptionsProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const wanted = text.trim().toLowerCase();
  const found = options
    .filter(({ label, value: own }) => `${label} ${own}`.toLowerCase().includes(wanted))
    .slice(0, MOST_SHOWN);
  const typed = text.trim();
  const entries: readonly FilterOption[] =
    takesAny && typed !== '' && !options.some((option) => option.value === typed)
      ? [...found, { value: typed, label: `Use “${typed}”` }]
      : found;
  const [active, setActive] = useState(() =>
    Math.max(
      0,
      options.findIndex((option) => option.value === value),
    ),
  );
  const current = Math.min(active, entries.length - 1);
  useEffect(() => {
    input.current?.focus();
  }, []);
  useEffect(() => {
    document.getElementById(`${id}-${current}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, current]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event.nativeEvent)) return;
    if (event.key === 'ArrowDown') setActive(Math.min(current + 1, entries.length - 1));
    else if (event.key === 'ArrowUp') setActive(Math.max(current - 1, 0));
    else if (event.key === 'Enter' && entries[current]) onChoose(entries[current].value);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <input
        ref={input}
        role="combobox"
        aria-label={`Search ${name}`}
        aria-expanded
        aria-controls={id}
        aria-activedescendant={entries[current] ? `${id}-${current}` : undefined}
        placeholder={takesAny ? `Search, or type a ${name}` : `Search ${name}`}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
        className="control-h mb-1 w-full shrink-0 rounded-control border border-line-strong bg-surface px-3"
      />
      <ul id={id} role="listbox" aria-label={name} className="flex min-h-0 flex-col overflow-y-auto">
        {entries.map((entry, index) => (
          <li
            key={entry.value}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === current}
            onClick={() => onChoose(entry.value)}
            onMouseMove={() => setActive(index)}
            className="control-h flex shrink-0 cursor-pointer items-center gap-2 rounded-chip px-2 text-control aria-selected:bg-hover"
          >
            <Check
              aria-hidden
              size={16}
              strokeWidth={1.5}
              className={entry.value === value ? 'shrink-0' : 'shrink-0 opacity-0'}
            />
            <span className="min-w-0 flex-1 truncate" title={entry.label}>
              {entry.label}
              {entry.value === value && <span className="sr-only"> (chosen)</span>}
            </span>
            {entry.hint && <span className="figures shrink-0 text-meta text-ink-3">{entry.hint}</span>}
          </li>
        ))}
      </ul>
      {entries.length === 0 && <p className="px-2 py-1 text-control text-ink-2">Nothing is called that.</p>}
    </>
  );
}
