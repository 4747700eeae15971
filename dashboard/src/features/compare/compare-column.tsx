import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import type { Ref, UIEvent } from 'react';
import { Button } from '../../components/button.js';
import { CopyButton } from '../../components/copy-button.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { IconButton } from '../../components/icon-button.js';
import { ModelPicker } from '../../components/model-picker.js';
import { Prose } from '../../components/prose/prose.js';
import { isWriting, reviveError, type AnswerContent } from '../../lib/completion/answer-content.js';
import { modelsQuery } from '../../lib/models.js';
import { ColumnState } from './column-state.js';
import type { Round } from './comparison.js';
import type { Verdict } from './verdicts.js';

interface CompareColumnProps {
  readonly column: number;
  readonly model: string;
  readonly rounds: readonly Round[];
  readonly verdict: Verdict;
  readonly canRemove: boolean;
  readonly onModel: (model: string) => void;
  readonly onRemove: () => void;
  readonly onStop: () => void;
  readonly onRetry: () => void;
  readonly onContinue: () => void;
  readonly onOpenRecord: (requestId: string) => void;
  readonly scrollRef: Ref<HTMLDivElement>;
  readonly onScroll: (event: UIEvent<HTMLDivElement>) => void;
}

/** One model's side of the comparison; it fails, stops and scrolls by itself. */
export function CompareColumn(props: CompareColumnProps) {
  const { column, model, rounds, verdict } = props;
  const last = rounds.at(-1)?.answers[column];
  return (
    <section
      aria-label={model || `Column ${column + 1}`}
      className="flex min-h-0 min-w-70 flex-1 snap-start flex-col rounded-control border border-line bg-surface"
    >
      <header className="flex flex-col gap-1 border-b border-line p-3">
        <div className="flex items-center gap-1">
          <ModelPicker label={`Model ${column + 1}`} value={model} onChange={props.onModel} className="flex-1" />
          {props.canRemove && (
            <IconButton
              label={`Remove ${model}`}
              icon={<X aria-hidden size={16} strokeWidth={1.5} />}
              onClick={props.onRemove}
            />
          )}
        </div>
        {last && <ColumnState content={last} verdict={verdict} onStop={props.onStop} />}
      </header>
      <div
        ref={props.scrollRef}
        onScroll={props.onScroll}
        tabIndex={0}
        role="region"
        aria-label={`Answers of ${model}`}
        className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto p-3 focus-visible:-outline-offset-2"
      >
        {rounds.map(({ question, answers }, index) => {
          const answer = answers[column];
          return (
            <article key={index} className="flex flex-col gap-2">
              <p className="rounded-control bg-hover px-3 py-1 text-control break-words whitespace-pre-wrap">
                {question}
              </p>
              {answer && <ColumnAnswer content={answer} isLast={index === rounds.length - 1} {...props} />}
            </article>
          );
        })}
      </div>
      {last?.text && !isWriting(last.state) && (
        <footer className="flex items-center gap-2 border-t border-line p-2">
          <Button onClick={props.onContinue}>Continue here</Button>
          <CopyButton text={last.text} label={`Copy the answer of ${model}`} />
        </footer>
      )}
    </section>
  );
}

interface ColumnAnswerProps extends CompareColumnProps {
  readonly content: AnswerContent;
  readonly isLast: boolean;
}

function ColumnAnswer({ content, isLast, onRetry, onOpenRecord }: ColumnAnswerProps) {
  const { data: models } = useQuery(modelsQuery);
  const steps = isLast
    ? { retry: onRetry, regenerate: onRetry, 'send-when-free': onRetry, record: () => onOpenRecord(content.requestId) }
    : {};
  return (
    <>
      {content.text && <Prose source={content.text} isLive={isWriting(content.state)} />}
      {content.error && (
        <ErrorNotice
          error={reviveError(content.error)}
          metAtMs={content.error.metAtMs}
          steps={steps}
          context={{
            model: content.requestedModel,
            models: models?.data.map(({ id }) => id),
            upstream: content.upstream ?? undefined,
            elapsedMs: content.error.metAtMs - content.startedAtMs,
          }}
        />
      )}
      {isLast && (content.state === 'stopped' || content.state === 'interrupted') && (
        <Button onClick={onRetry} className="self-start">
          Try again
        </Button>
      )}
    </>
  );
}
