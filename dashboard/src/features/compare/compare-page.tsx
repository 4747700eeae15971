import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useRef, useState, type UIEvent } from 'react';
import { Button } from '../../components/button.js';
import { EmptyState } from '../../components/empty-state.js';
import { Switch } from '../../components/switch.js';
import { isWriting } from '../../lib/completion/answer-content.js';
import { modelMemory } from '../../lib/model-memory.js';
import { modelsQuery } from '../../lib/models.js';
import { usePageTitle } from '../../lib/use-page-title.js';
import { CompareColumn } from './compare-column.js';
import { CompareComposer } from './compare-composer.js';
import { askAll, askColumn, removeColumn, startOver, stopAll, stopColumn, useRounds } from './comparison.js';
import { continueInChat } from './continue-in-chat.js';
import { verdictsOf } from './verdicts.js';

const route = getRouteApi('/compare');
const MOST = 4;
const LEAST = 2;

export function ComparePage() {
  usePageTitle('Compare');
  const navigate = useNavigate();
  const { m } = route.useSearch();
  const models = useFirstModels(m);
  const rounds = useRounds();
  const [scrollsTogether, setScrollsTogether] = useState(false);
  const scrollers = useRef(new Map<number, HTMLDivElement>());
  const last = rounds.at(-1);
  const verdicts = verdictsOf(last?.answers ?? []);
  const isBusy = last?.answers.some(({ state }) => isWriting(state)) ?? false;
  const setModels = (next: readonly string[]) => void navigate({ to: '/compare', search: { m: next }, replace: true });
  const onScroll = (event: UIEvent<HTMLDivElement>) => {
    if (!scrollsTogether) return;
    const { scrollTop } = event.currentTarget;
    for (const scroller of scrollers.current.values()) {
      if (scroller !== event.currentTarget && scroller.scrollTop !== scrollTop) scroller.scrollTop = scrollTop;
    }
  };
  const goOn = async (column: number) => {
    const id = await continueInChat(rounds, column, models[column] ?? '');
    await navigate({ to: '/chat/{-$id}', params: { id }, search: {} });
  };
  return (
    <div className="flex h-full min-h-0 flex-col">
      <header className="flex min-h-12 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-4 py-1">
        <h1 className="mr-auto text-control max-md:sr-only">Compare</h1>
        {models.length > 1 && rounds.length > 0 && (
          <Switch label="Scroll together" checked={scrollsTogether} onChange={setScrollsTogether} />
        )}
        {rounds.length > 0 && (
          <Button look="quiet" onClick={startOver}>
            Start over
          </Button>
        )}
        {models.length < MOST && (
          <Button
            icon={<Plus aria-hidden size={16} strokeWidth={1.5} />}
            onClick={() => setModels([...models, nextModel(models)])}
          >
            Add a model
          </Button>
        )}
      </header>
      <div className="flex min-h-0 flex-1 snap-x scroll-px-3 gap-3 overflow-x-auto p-3">
        {models.map((model, column) => (
          <CompareColumn
            key={column}
            column={column}
            model={model}
            rounds={rounds}
            verdict={verdicts[column] ?? { isFastest: false, isCheapest: false }}
            canRemove={models.length > LEAST}
            onModel={(chosen) => {
              setModels(models.map((other, at) => (at === column ? chosen : other)));
              if (rounds.length > 0) askColumn(column, chosen);
            }}
            onRemove={() => {
              removeColumn(column);
              setModels(models.filter((_, at) => at !== column));
            }}
            onStop={() => stopColumn(column)}
            onRetry={() => askColumn(column, model)}
            onContinue={() => void goOn(column)}
            onOpenRecord={(id) => void navigate({ to: '/requests', search: { id } })}
            scrollRef={(element) => {
              if (element) scrollers.current.set(column, element);
              else scrollers.current.delete(column);
            }}
            onScroll={onScroll}
          />
        ))}
      </div>
      {rounds.length === 0 && (
        <div className="shrink-0">
          <EmptyState title="Choose two to four models, then ask once." />
        </div>
      )}
      <CompareComposer
        isBusy={isBusy}
        canAsk={models.every(Boolean)}
        onAsk={(question) => askAll(question, models)}
        onStop={stopAll}
      />
    </div>
  );

  function nextModel(taken: readonly string[]): string {
    return candidates().find((id) => !taken.includes(id)) ?? taken[0] ?? 'demo';
  }
}

function candidates(known: readonly string[] = []): readonly string[] {
  const { recent, favourites } = modelMemory();
  return [...favourites, ...recent, ...known];
}

/** The models of the address; without any, what was used last and the first ones of the list. */
function useFirstModels(fromAddress: readonly string[] | undefined): readonly string[] {
  const { data } = useQuery(modelsQuery);
  const known = data?.data.map(({ id }) => id) ?? [];
  if (fromAddress && fromAddress.length >= LEAST) return fromAddress;
  const wanted = [...new Set([...(fromAddress ?? []), ...candidates(known)])].slice(0, LEAST);
  return wanted.length === LEAST ? wanted : [...wanted, ...Array.from({ length: LEAST - wanted.length }, () => '')];
}
