import { CircleAlert } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { classNames } from '../lib/class-names.js';
import { formatCountdown } from '../lib/duration.js';
import { errorWords, stepLabels, type ErrorContext, type ErrorWords, type NextStep } from '../lib/error-words.js';

export type StepHandlers = Partial<Readonly<Record<NextStep, () => void>>>;

interface ErrorNoticeProps {
  /** An error, or words already chosen. */
  readonly error: unknown;
  readonly words?: ErrorWords;
  readonly context?: ErrorContext;
  /** Steps without a handler are not offered. */
  readonly steps: StepHandlers;
  /** When the error was met, ms on the page's clock: countdowns run from there. */
  readonly metAtMs?: number;
  readonly tone?: 'danger' | 'warn';
  readonly children?: ReactNode;
}

const NEWS_MS = 5000;

/** What happened, why, and what to press now. Speaks once, when it appears. */
export function ErrorNotice({ error, words, context, steps, metAtMs, tone = 'danger', children }: ErrorNoticeProps) {
  const said = words ?? errorWords(error, context);
  // An error that is read again later, after a reload for example, is no news.
  const [isNews] = useState(() => metAtMs === undefined || Date.now() - metAtMs < NEWS_MS);
  const remainingMs = useCountdown(said.countdownMs, metAtMs);
  const offered = said.steps.filter((step) => steps[step]);
  return (
    <div
      role={isNews ? 'alert' : 'group'}
      aria-label={isNews ? undefined : 'Error'}
      className={classNames(
        'flex gap-3 rounded-control p-3 text-control',
        tone === 'danger' ? 'bg-danger-soft' : 'bg-warn-soft',
      )}
    >
      <CircleAlert
        aria-hidden
        size={20}
        strokeWidth={1.5}
        className={classNames('shrink-0', tone === 'danger' ? 'text-danger' : 'text-warn')}
      />
      <div className="min-w-0 flex-1">
        <p className="break-words">
          {said.text}
          {remainingMs !== null && (
            // The countdown speaks at its start and at its end, not every second.
            <span aria-hidden className="figures">
              {remainingMs > 0 ? ` Free again in ${formatCountdown(remainingMs)}.` : ' Free again now.'}
            </span>
          )}
        </p>
        {said.detail && said.detail !== said.text && (
          <p className="mt-1 text-meta break-words text-ink-2">{said.detail}</p>
        )}
        {children}
        {offered.length > 0 && (
          <div className="mt-2 flex flex-wrap gap-2">
            {offered.map((step) => (
              <button
                key={step}
                type="button"
                onClick={steps[step]}
                className="control-h rounded-control border border-line-strong bg-surface px-3 text-control hover:bg-hover"
              >
                {stepLabels[step]}
              </button>
            ))}
          </div>
        )}
      </div>
    </div>
  );
}

/** ms left of a wait that began at `fromMs`, ticking each second; `null` without a wait. */
export function useCountdown(waitMs: number | null, fromMs: number | undefined): number | null {
  const [start] = useState(() => fromMs ?? Date.now());
  const from = fromMs ?? start;
  const [now, setNow] = useState(() => Date.now());
  const isRunning = waitMs !== null && now - from < waitMs;
  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, [isRunning]);
  return waitMs === null ? null : Math.max(0, waitMs - (now - from));
}
