import { useQuery } from '@tanstack/react-query';
import { Star } from 'lucide-react';
import { useId, useState, type KeyboardEvent } from 'react';
import type { ModelRow } from '../../../libs/contracts/models.js';
import { classNames } from '../lib/class-names.js';
import { formatContext } from '../lib/figures.js';
import { modelMemory, toggleFavourite } from '../lib/model-memory.js';
import { formatRate } from '../lib/money.js';
import { modelsQuery } from '../lib/models.js';
import { searchModels, sortModels } from '../lib/search-models.js';
import { isComposing } from '../lib/typing.js';
import { PanelError } from './panel-error.js';
import { Loading, Skeleton } from './skeleton.js';

interface ModelListProps {
  readonly chosen: string | undefined;
  /** Its models come first, and a typed id is sent to it. */
  readonly upstream?: string | null | undefined;
  readonly onChoose: (model: string) => void;
}

/** Few models are just listed; more are looked for by name, upstream or context. */
const LISTED_WITHOUT_SEARCH = 12;
const MOST_SHOWN = 100;

/** What a model costs and takes, in one line. */
export function describeModel(model: ModelRow): string {
  const price = model.price
    ? model.price.input === 0 && model.price.output === 0
      ? 'free'
      : `${formatRate(model.price.input)} in, ${formatRate(model.price.output)} out /1M`
    : 'unpriced';
  const context = model.contextWindow === null ? null : formatContext(model.contextWindow);
  return [price, context].filter(Boolean).join(' · ');
}

export function ModelList({ chosen, upstream, onChoose }: ModelListProps) {
  const id = useId();
  const { data, error, isPending, refetch } = useQuery(modelsQuery);
  const [text, setText] = useState('');
  const [memory, setMemory] = useState(modelMemory);
  const [active, setActive] = useState(0);
  if (isPending) {
    return (
      <Loading>
        <Skeleton className="mb-2 h-8" />
        <Skeleton className="h-24" />
      </Loading>
    );
  }
  const all = data?.data ?? [];
  const found = sortModels(searchModels(text, all), memory, upstream ?? null);
  const shown = found.slice(0, MOST_SHOWN);
  const typed = text.trim();
  const isNew = typed !== '' && !all.some((model) => model.id === typed);
  const typedId = isNew && upstream && !typed.startsWith(`${upstream}/`) ? `${upstream}/${typed}` : typed;
  const options = [...shown.map((model) => model.id), ...(isNew ? [typedId] : [])];
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event.nativeEvent)) return;
    const option = options[active];
    if (event.key === 'ArrowDown') setActive(Math.min(active + 1, options.length - 1));
    else if (event.key === 'ArrowUp') setActive(Math.max(active - 1, 0));
    else if (event.key === 'Enter' && option) onChoose(option);
    else return;
    event.preventDefault();
  };
  return (
    <div className="flex min-h-0 flex-col gap-2">
      {error && <PanelError error={error} onRetry={() => void refetch()} />}
      {data?.failed?.map((name) => (
        <p key={name} className="text-meta text-warn">
          {name}’s model list did not load; the others are here.
        </p>
      ))}
      <input
        autoFocus
        role="combobox"
        aria-label="Search models"
        aria-expanded
        aria-controls={id}
        aria-activedescendant={options[active] === undefined ? undefined : `${id}-${active}`}
        placeholder={
          all.length > LISTED_WITHOUT_SEARCH ? `Search ${all.length} models, or type an id` : 'Search, or type an id'
        }
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
        className="control-h w-full shrink-0 rounded-control border border-line-strong bg-surface px-3"
      />
      <ul id={id} role="listbox" aria-label="Models" className="flex min-h-0 flex-col overflow-y-auto">
        {shown.map((model, index) => (
          <li
            key={model.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === active}
            onClick={() => onChoose(model.id)}
            onMouseMove={() => setActive(index)}
            className="flex cursor-pointer items-center gap-2 rounded-control px-2 py-1 aria-selected:bg-hover"
          >
            <span className="min-w-0 flex-1">
              <span className={classNames('block break-all', model.id === chosen && 'font-semibold text-accent-text')}>
                {model.id}
              </span>
              <span className="block text-meta text-ink-2">
                {model.upstream} · {describeModel(model)}
              </span>
            </span>
            <span
              aria-hidden
              data-tip={memory.favourites.includes(model.id) ? 'No favourite any more' : 'Favourite'}
              onClick={(event) => {
                event.stopPropagation();
                setMemory(toggleFavourite(model.id));
              }}
              className="icon-control inline-flex items-center justify-center text-ink-3 hover:text-accent-text"
            >
              <Star size={16} strokeWidth={1.5} fill={memory.favourites.includes(model.id) ? 'currentColor' : 'none'} />
            </span>
          </li>
        ))}
        {isNew && (
          <li
            id={`${id}-${shown.length}`}
            role="option"
            aria-selected={active === shown.length}
            onClick={() => onChoose(typedId)}
            onMouseMove={() => setActive(shown.length)}
            className="control-h flex cursor-pointer items-center rounded-control px-2 break-all aria-selected:bg-hover"
          >
            Use “{typedId}”
          </li>
        )}
      </ul>
      {found.length > MOST_SHOWN && (
        <p className="text-meta text-ink-3">{found.length - MOST_SHOWN} more: type to narrow.</p>
      )}
      {found.length === 0 && typed === '' && <p className="text-ink-2">No model is listed here. Type an id.</p>}
    </div>
  );
}
