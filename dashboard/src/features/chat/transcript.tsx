import { ArrowDown } from 'lucide-react';
import { useEffect, useLayoutEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { Button } from '../../components/button.js';
import type { Answer, Message, Question } from '../../lib/conversations/conversation.js';
import { childrenOf, versionsOf } from '../../lib/conversations/message-tree.js';
import { AnswerItem } from './answer-item.js';
import { useChatActions } from './chat-actions.js';
import { QuestionItem } from './question-item.js';
import { useReaderScroll } from './use-reader-scroll.js';
import { useSkippedTurns } from './use-skipped-turns.js';

interface TranscriptProps {
  readonly conversationId: string;
  readonly messages: readonly Message[];
  readonly path: readonly Message[];
  /** The question that was just sent: it goes to the top and its answer grows into the room below. */
  readonly sentId: string | null;
  readonly isWriting: boolean;
  readonly editingId: string | null;
  readonly onStopEditing: () => void;
}

interface Turn {
  readonly question: Question;
  readonly answer: Answer | null;
}

/** Beyond this many turns the oldest are folded away; the search finds them anyway. */
const SHOWN_TURNS = 250;

export function Transcript({
  conversationId,
  messages,
  path,
  sentId,
  isWriting,
  editingId,
  onStopEditing,
}: TranscriptProps) {
  const { scroller, end, isFarFromEnd, goToEnd } = useReaderScroll(conversationId);
  useSteps(scroller);
  const actions = useChatActions();
  const children = useMemo(() => childrenOf(messages), [messages]);
  const turns = useMemo(() => turnsOf(path), [path]);
  const [showsAll, setShowsAll] = useState(false);
  const shown = showsAll ? turns : turns.slice(-SHOWN_TURNS);
  const hidden = turns.length - shown.length;
  const list = useRef<HTMLOListElement>(null);
  useSkippedTurns(list, shown.length);

  useLayoutEffect(() => {
    if (sentId === null || !scroller.current) return;
    const question = scroller.current.querySelector<HTMLElement>(`[data-message="${sentId}"]`);
    if (question)
      scroller.current.scrollTop +=
        question.getBoundingClientRect().top - scroller.current.getBoundingClientRect().top - 16;
  }, [sentId, scroller]);

  return (
    <div className="relative min-h-0 flex-1 [container-type:size]">
      <div
        ref={scroller}
        tabIndex={0}
        role="region"
        aria-label="Conversation"
        className="h-full overflow-y-auto overscroll-contain focus-visible:-outline-offset-2"
      >
        <div className="mx-auto flex w-full max-w-200 flex-col px-4 pt-4">
          {hidden > 0 && (
            <button
              type="button"
              onClick={() => setShowsAll(true)}
              className="control-h self-center rounded-control px-3 text-accent-text underline underline-offset-2"
            >
              Show {hidden} earlier
            </button>
          )}
          <ol ref={list} aria-label="Messages" className="flex flex-col gap-6">
            {shown.map(({ question, answer }, index) => (
              <li
                key={question.id}
                className="flex flex-col gap-4"
                // Room for the answer of the question that went to the top; kept, so that nothing moves at its end.
                style={question.id === sentId ? { minHeight: 'calc(100cqh - 32px)' } : undefined}
              >
                <QuestionItem
                  question={question}
                  versions={versionsOf(question, children)}
                  isEditing={question.id === editingId}
                  onStopEditing={onStopEditing}
                />
                {!answer && (
                  <Button className="self-start" onClick={() => actions.regenerate(question)}>
                    Ask again
                  </Button>
                )}
                {answer && (
                  <AnswerItem
                    answer={answer}
                    question={question}
                    versions={versionsOf(answer, children)}
                    isLast={index === shown.length - 1}
                  />
                )}
                {index === shown.length - 1 && <div ref={end} aria-hidden className="h-px" />}
              </li>
            ))}
          </ol>
          <div aria-hidden className="h-4" />
        </div>
      </div>
      {isFarFromEnd && (
        <button
          type="button"
          onClick={goToEnd}
          className="control-h absolute bottom-2 left-1/2 inline-flex -translate-x-1/2 items-center gap-2 rounded-full border border-line-strong bg-surface px-3 text-control shadow-low hover:bg-hover"
        >
          <ArrowDown aria-hidden size={16} strokeWidth={1.5} />
          Latest
          {isWriting && <span aria-hidden className="size-2 rounded-full bg-accent" />}
        </button>
      )}
    </div>
  );
}

function turnsOf(path: readonly Message[]): readonly Turn[] {
  const turns: Turn[] = [];
  for (const message of path) {
    const last = turns.at(-1);
    if (message.role === 'user') turns.push({ question: message, answer: null });
    else if (last && !last.answer) turns[turns.length - 1] = { question: last.question, answer: message };
  }
  return turns;
}

/** Alt+↑ and Alt+↓ go from message to message, from the composer too when nothing is typed in it. */
function useSteps(scroller: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
      if (event.target instanceof HTMLTextAreaElement && event.target.value !== '') return;
      const all = [...(scroller.current?.querySelectorAll<HTMLElement>('[data-message]') ?? [])];
      const current = document.activeElement?.closest<HTMLElement>('[data-message]');
      const at = current ? all.indexOf(current) : all.length;
      const next = all[event.key === 'ArrowUp' ? at - 1 : at + 1];
      if (!next) return;
      event.preventDefault();
      next.focus();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [scroller]);
}
