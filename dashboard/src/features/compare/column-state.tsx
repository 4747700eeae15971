import { Link } from '@tanstack/react-router';
import { Button } from '../../components/button.js';
import { isWriting, type AnswerContent } from '../../lib/completion/answer-content.js';
import { formatDuration } from '../../lib/duration.js';
import { formatCount, formatSpeed, tokensPerSecond } from '../../lib/figures.js';
import { formatUsd } from '../../lib/money.js';
import type { Verdict } from './verdicts.js';

interface ColumnStateProps {
  readonly content: AnswerContent;
  readonly verdict: Verdict;
  readonly onStop: () => void;
}

/** How a column stands: state, first token, tokens and speed, cost. One figure a line, so that columns compare. */
export function ColumnState({ content, verdict, onStop }: ColumnStateProps) {
  const { usage, firstTokenAtMs, startedAtMs, endedAtMs } = content;
  const speed =
    usage && firstTokenAtMs !== null && endedAtMs !== null
      ? tokensPerSecond({ outputTokens: usage.outputTokens, firstTokenAtMs, endAtMs: endedAtMs })
      : null;
  const state = stateOf(content);
  return (
    <div className="figures flex flex-col gap-0.5 text-meta text-ink-2">
      <div className="flex min-h-8 items-center justify-between gap-2">
        <span className={state.colour}>
          <span aria-hidden>{state.shape}</span> {state.words}
          {verdict.isFastest && <strong>, fastest</strong>}
        </span>
        {isWriting(content.state) && <Button onClick={onStop}>Stop</Button>}
      </div>
      <span>1st token {firstTokenAtMs === null ? '–' : formatDuration(Math.max(0, firstTokenAtMs - startedAtMs))}</span>
      <span>
        {usage ? `${formatCount(usage.outputTokens)} tok` : '– tok'}
        {speed !== null && ` · ${formatSpeed(speed)}`}
        {endedAtMs !== null && ` · ${formatDuration(endedAtMs - startedAtMs)} in all`}
      </span>
      <span>
        {usage ? formatUsd(usage.costUsd) : '–'}
        {verdict.isCheapest && <strong> cheapest</strong>}
        {endedAtMs !== null && (
          <>
            {' · '}
            <Link
              to="/requests"
              search={{ id: content.requestId }}
              className="text-accent-text underline-offset-2 hover:underline"
            >
              record
            </Link>
          </>
        )}
      </span>
    </div>
  );
}

function stateOf(content: AnswerContent): { readonly shape: string; readonly words: string; readonly colour: string } {
  switch (content.state) {
    case 'waiting':
      return { shape: '○', words: content.waitNote ?? 'asked', colour: '' };
    case 'thinking':
      return { shape: '●', words: 'thinking', colour: 'text-accent-text' };
    case 'answering':
      return { shape: '●', words: 'writing', colour: 'text-accent-text' };
    case 'done':
      return { shape: '✓', words: 'done', colour: 'text-ok' };
    case 'stopped':
      return { shape: '⊘', words: 'stopped by you', colour: '' };
    case 'interrupted':
      return { shape: '◐', words: 'interrupted by a reload', colour: 'text-warn' };
    case 'broken':
      return { shape: '◐', words: 'broke off', colour: 'text-danger' };
    case 'failed':
      return {
        shape: '▲',
        words: content.error?.kind === 'api' ? `${content.error.facts.status}, no answer` : 'no answer',
        colour: 'text-danger',
      };
  }
}
