import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';
import type { AnswerContent } from '../../lib/completion/answer-content.js';
import { guessTokens } from '../../lib/completion/answer-content.js';
import { formatDuration } from '../../lib/duration.js';
import { formatCount, formatSpeed, tokensPerSecond } from '../../lib/figures.js';
import { formatUsd, plainUsd } from '../../lib/money.js';
import { usePreferences } from '../../lib/preferences.js';

/** Under an answer: what served it, what it took and cost, how fast it was, and its record. */
export function AnswerMeta({ content }: { readonly content: AnswerContent }) {
  const { costUnderAnswers } = usePreferences();
  const { usage, isEstimate, startedAtMs, firstTokenAtMs, endedAtMs } = content;
  const about = isEstimate ? ' ≈' : '';
  const speed =
    usage && !isEstimate && firstTokenAtMs !== null && endedAtMs !== null
      ? tokensPerSecond({ outputTokens: usage.outputTokens, firstTokenAtMs, endAtMs: endedAtMs })
      : null;
  const tokens = usage
    ? `${formatCount(usage.inputTokens)} in, ${formatCount(usage.outputTokens)}${about} out`
    : content.text
      ? `${formatCount(guessTokens(content.text))} ≈ tokens`
      : null;
  const parts = [
    <span key="model" className="font-mono">
      {content.servedModel ?? content.requestedModel}
    </span>,
    tokens && <span key="tokens">{tokens}</span>,
    costUnderAnswers && usage && (
      <span
        key="cost"
        title={usage.costUsd === null ? 'The gateway knows no price for this model.' : `USD ${plainUsd(usage.costUsd)}`}
      >
        {formatUsd(usage.costUsd)}
        {usage.costUsd !== null && about}
      </span>
    ),
    firstTokenAtMs !== null && (
      <span key="first">first token {formatDuration(Math.max(0, firstTokenAtMs - startedAtMs))}</span>
    ),
    speed !== null && <span key="speed">{formatSpeed(speed)}</span>,
    <Link
      key="record"
      to="/requests"
      search={{ id: content.requestId }}
      title={`Open the record of ${content.requestId}`}
      className="font-mono text-accent-text underline-offset-2 hover:underline"
    >
      {shorten(content.requestId)}
    </Link>,
  ].filter(Boolean);
  return (
    <p className="figures text-meta text-ink-2">
      {parts.map((part, index) => (
        <Fragment key={index}>
          {index > 0 && ' · '}
          <span className="whitespace-nowrap">{part}</span>
        </Fragment>
      ))}
    </p>
  );
}

function shorten(requestId: string): string {
  return requestId.length > 16 ? `${requestId.slice(0, 8)}…${requestId.slice(-4)}` : requestId;
}
