import type { RequestRecord } from '../../../../../libs/contracts/requests.js';
import { formatDuration } from '../../../lib/duration.js';
import { lengthOf, timelineOf, type TimelinePart } from './timeline.js';

/** The times of a call under one another, each bar where it happened. */
export function TimelineChart({ record }: { readonly record: RequestRecord }) {
  const parts = timelineOf(record);
  const length = lengthOf(record, parts);
  if (parts.length === 0) return <p className="text-control text-ink-2">No times were kept.</p>;
  return (
    <ol className="flex flex-col gap-2">
      {parts.map((part, index) => (
        <li key={index} className="text-meta">
          <span className="flex items-baseline gap-2">
            <span className="font-semibold">{part.label}</span>
            <span className="figures text-ink-2">{shortDuration(part.durationMs)}</span>
            {part.outcome && (
              <span className={part.isFailure ? 'text-danger' : 'text-ink-2'}>
                {part.isFailure ? '▲ ' : '→ '}
                {part.outcome}
              </span>
            )}
          </span>
          <span aria-hidden className="mt-0.5 block h-2 rounded-full bg-hover">
            <span
              className={`block h-full min-w-0.5 rounded-full ${barClass(part)}`}
              style={{
                marginLeft: `${(part.startMs / length) * 100}%`,
                width: `${Math.min(100 - (part.startMs / length) * 100, (part.durationMs / length) * 100)}%`,
              }}
            />
          </span>
        </li>
      ))}
    </ol>
  );
}

function barClass({ kind, isFailure }: TimelinePart): string {
  if (kind === 'wait') return 'hatched bg-ink-3';
  if (isFailure) return 'bg-danger';
  return kind === 'gateway' ? 'bg-ink-2' : 'bg-accent';
}

/** Shares of a millisecond are what the gateway is measured by. */
function shortDuration(ms: number): string {
  const digits = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  return ms < 10 ? `${ms.toLocaleString(undefined, digits)} ms` : formatDuration(ms);
}
