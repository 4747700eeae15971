import type { RequestRecord } from '../../../../../libs/contracts/requests.js';

export interface TimelinePart {
  readonly kind: 'gateway' | 'try' | 'wait';
  readonly label: string;
  /** ms from the arrival of the call. */
  readonly startMs: number;
  readonly durationMs: number;
  /** How a try ended, in a word or figure. */
  readonly outcome: string | null;
  readonly isFailure: boolean;
}

/** What happened between the arrival of a call and its end, in order: the gateway's own share, tries, waits. */
export function timelineOf(record: RequestRecord): readonly TimelinePart[] {
  const arrived = Date.parse(record.at);
  const parts: TimelinePart[] = [];
  const { overheadMs, firstEventMs } = record.timings;
  if (overheadMs !== null) {
    parts.push({
      kind: 'gateway',
      label: 'Gateway',
      startMs: 0,
      durationMs: overheadMs,
      outcome: null,
      isFailure: false,
    });
  }
  let counted = 0;
  let endedMs: number | null = null;
  for (const [index, one] of record.tries.entries()) {
    const startMs = Math.max(0, Date.parse(one.startedAt) - arrived);
    // A millisecond is what times are kept to: less than that was no wait.
    if (endedMs !== null && startMs - endedMs > 1) parts.push(waitOf(endedMs, startMs));
    if (!one.free) counted++;
    const isLast = index === record.tries.length - 1;
    parts.push({
      kind: 'try',
      label: `${one.free ? 'Free try' : `Try ${counted}`} ${one.upstream}`,
      startMs,
      durationMs: one.durationMs,
      outcome: outcomeOf(one, isLast ? firstEventMs : null),
      isFailure: one.error !== null || (one.httpStatus ?? 0) >= 400,
    });
    endedMs = startMs + one.durationMs;
  }
  return parts;
}

function waitOf(from: number, to: number): TimelinePart {
  return { kind: 'wait', label: 'Wait', startMs: from, durationMs: to - from, outcome: null, isFailure: false };
}

function outcomeOf({ httpStatus, error }: RequestRecord['tries'][number], firstEventMs: number | null): string | null {
  const hasFailed = error !== null || (httpStatus ?? 0) >= 400;
  if (!hasFailed && firstEventMs !== null) return `first token ${Math.round(firstEventMs).toLocaleString()} ms`;
  return httpStatus === null ? (error?.code ?? error?.message ?? null) : String(httpStatus);
}

/** How long the whole took, as wide as the picture of it must be. */
export function lengthOf(record: RequestRecord, parts: readonly TimelinePart[]): number {
  const ends = parts.map(({ startMs, durationMs }) => startMs + durationMs);
  return Math.max(record.timings.totalMs ?? record.latencyMs ?? 0, ...ends, 0.001);
}
