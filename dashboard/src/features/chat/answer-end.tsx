import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Button } from '../../components/button.js';
import { ErrorNotice, useCountdown, type StepHandlers } from '../../components/error-notice.js';
import { guessTokens, reviveError, type AnswerContent } from '../../lib/completion/answer-content.js';
import { useConnectionLost } from '../../lib/connection.js';
import type { Answer, Question } from '../../lib/conversations/conversation.js';
import { keptWords } from '../../lib/conversations/interrupted.js';
import { formatCountdown } from '../../lib/duration.js';
import { errorWords, finishWords, type ErrorWords } from '../../lib/error-words.js';
import { formatCount, plural } from '../../lib/figures.js';
import { useMe } from '../../lib/me.js';
import { modelsQuery } from '../../lib/models.js';
import { useChatActions } from './chat-actions.js';

interface AnswerEndProps {
  readonly answer: Answer;
  readonly content: AnswerContent;
  readonly question: Question;
  readonly isLast: boolean;
}

/** How an answer ended, when that was not by itself, with what to do next. */
export function AnswerEnd({ content, question, isLast }: AnswerEndProps) {
  const actions = useChatActions();
  const proceed = isLast ? { continue: () => actions.continueAnswer() } : {};
  const regenerate = () => actions.regenerate(question);
  switch (content.state) {
    case 'failed':
    case 'broken':
      return <AnswerError content={content} question={question} isLast={isLast} />;
    case 'stopped': {
      const count = content.usage?.outputTokens ?? guessTokens(content.text);
      return (
        <EndLine
          text={
            content.text ? `Stopped by you · ${formatCount(count)} ≈ tokens` : 'Stopped by you before the first word'
          }
        >
          {content.text && isLast && <Button onClick={proceed.continue}>Continue</Button>}
        </EndLine>
      );
    }
    case 'interrupted':
      return (
        <EndLine text={`Interrupted by a reload · ${plural(keptWords(content), 'word')} kept`}>
          {content.text && isLast && <Button onClick={proceed.continue}>Continue</Button>}
          <Button onClick={regenerate}>Regenerate</Button>
        </EndLine>
      );
    case 'done': {
      const { maxTokens } = actions.settings();
      const words = finishWords(content.finishReason, maxTokens);
      if (!words) return null;
      const steps: StepHandlers = {
        ...proceed,
        regenerate,
        edit: () => actions.startEditing(question),
        ...(maxTokens && isLast ? { 'raise-limit': () => actions.continueAnswer({ maxTokens: maxTokens * 2 }) } : {}),
      };
      return <ErrorNotice error={null} words={words} steps={steps} tone="warn" />;
    }
    case 'waiting':
    case 'thinking':
    case 'answering':
      return null;
  }
}

function EndLine({ text, children }: { readonly text: string; readonly children: React.ReactNode }) {
  return (
    <div className="flex flex-wrap items-center gap-2 border-l-2 border-dashed border-line-strong pl-3">
      <p className="text-control text-ink-2">{text}</p>
      {children}
    </div>
  );
}

function AnswerError({ content, question, isLast }: Omit<AnswerEndProps, 'answer'>) {
  const actions = useChatActions();
  const me = useMe();
  const { data: models } = useQuery(modelsQuery);
  const [waitsFor, setWaitsFor] = useState<'free' | 'back' | null>(null);
  const kept = content.error;
  if (!kept) return null;
  const model = models?.data.find(({ id }) => id === content.requestedModel);
  const said = errorWords(reviveError(kept), {
    model: content.requestedModel,
    models: models?.data.map(({ id }) => id),
    upstream: content.upstream ?? model?.upstream ?? /^([^/]+)\//.exec(content.requestedModel)?.[1],
    contextWindow: model?.contextWindow,
    elapsedMs: kept.metAtMs - content.startedAtMs,
    isSignedIn: me.kind === 'person',
    canSignIn: me.signIn || me.access === 'keys',
  });
  const words = content.state === 'broken' ? brokenWords(said) : said;
  const regenerate = () => actions.regenerate(question);
  const choose = () => actions.chooseModelFor(question);
  const changeKey = () => actions.changeKeyFor(question);
  if (waitsFor) {
    return (
      <WaitToSend
        kind={waitsFor}
        waitMs={words.countdownMs ?? 0}
        fromMs={kept.metAtMs}
        onSend={regenerate}
        onCancel={() => setWaitsFor(null)}
      />
    );
  }
  const steps: StepHandlers = {
    retry: regenerate,
    regenerate,
    'send-when-free': () => setWaitsFor('free'),
    'send-when-back': () => setWaitsFor('back'),
    'other-model': choose,
    'choose-model': choose,
    'larger-model': choose,
    'change-key': changeKey,
    'own-key': changeKey,
    'sign-in': actions.signIn,
    record: () => actions.openRecord(content.requestId),
    edit: () => actions.startEditing(question),
    'leave-out-older': () => actions.regenerate(question, { leaveOutOlder: true }),
    reload: () => location.reload(),
    ...(isLast ? { continue: () => actions.continueAnswer() } : {}),
  };
  return <ErrorNotice error={null} words={words} steps={steps} metAtMs={kept.metAtMs} />;
}

/** Under text that was kept: it broke off, and why. */
function brokenWords(words: ErrorWords): ErrorWords {
  const text = words.text.startsWith('The answer broke off') ? words.text : `The answer broke off here. ${words.text}`;
  return { ...words, text, steps: ['continue', 'regenerate', 'other-model', 'record'] };
}

interface WaitToSendProps {
  readonly kind: 'free' | 'back';
  readonly waitMs: number;
  readonly fromMs: number;
  readonly onSend: () => void;
  readonly onCancel: () => void;
}

/** The reader asked for it once: the question goes out when the wait is over, or the gateway is back. */
function WaitToSend({ kind, waitMs, fromMs, onSend, onCancel }: WaitToSendProps) {
  const remainingMs = useCountdown(waitMs, fromMs) ?? 0;
  const isLost = useConnectionLost();
  const isDue = kind === 'free' ? remainingMs <= 0 : !isLost;
  const isSent = useRef(false);
  useEffect(() => {
    // Once: what it sends may draw this again before it is gone.
    if (!isDue || isSent.current) return;
    isSent.current = true;
    onSend();
  }, [isDue, onSend]);
  return (
    <div className="flex flex-wrap items-center gap-2 rounded-control bg-warn-soft p-3">
      <p className="figures text-control">
        {kind === 'free'
          ? `Will be sent in ${formatCountdown(remainingMs)}.`
          : 'Will be sent when the gateway answers again.'}
      </p>
      <Button onClick={onCancel}>Cancel</Button>
    </div>
  );
}
