import type { JsonRecord } from '../../libs/demo-model/read-json.js';
import { type AnswerPart, type AnswerStep, part } from './answer.js';
import { errorEvent, type ErrorStyle } from './api-error.js';
import type { Behaviour } from './behaviour.js';
import { bodyOf, hasFinish, withBody } from './shape-usage.js';

const ENDLESS_LINE_PART = 'a'.repeat(16_384);

/** The faults of a stream, in the order of the events. */
export function* shapeStream(
  steps: Iterable<AnswerStep>,
  behaviour: Behaviour,
  style: ErrorStyle,
): Generator<AnswerStep> {
  let sent = 0;
  let lastContent: AnswerPart | null = null;
  for (const step of withoutEnding(steps, behaviour)) {
    if (step.kind !== 'part') {
      yield step;
      continue;
    }
    if (step.isEvent) yield* insertedAt(sent, behaviour);
    const ending = step.isEvent ? endingAt(sent, behaviour, style, lastContent) : null;
    if (ending !== null) {
      yield* ending;
      return;
    }
    if (step.isEvent) sent += 1;
    if (step.tokens > 0) lastContent = step;
    yield step;
  }
  yield* endingAfter(sent, behaviour, style, lastContent) ?? [];
}

function* withoutEnding(steps: Iterable<AnswerStep>, behaviour: Behaviour): Generator<AnswerStep> {
  const { omitDone = false, omitFinishReason = false } = behaviour;
  for (const step of steps) {
    if (step.kind !== 'part' || !step.isEvent) {
      yield step;
      continue;
    }
    if (omitDone && /^data: ?\[DONE\]/m.test(String(step.content))) continue;
    const kept = omitFinishReason ? withoutFinish(step) : step;
    if (kept !== null) yield kept;
  }
}

const LAST_EVENTS = new Set(['message_delta', 'message_stop', 'response.completed', 'response.incomplete']);

/** Without the finish reason; null for the events that say the same in the other two APIs. */
function withoutFinish(step: AnswerPart): AnswerPart | null {
  const body = bodyOf(step);
  if (body === null) return step;
  if (LAST_EVENTS.has(String(body['type']))) return null;
  if (!hasFinish(body)) return step;
  const choices = (body['choices'] as readonly JsonRecord[]).map((choice) => ({ ...choice, finish_reason: null }));
  return withBody(step, { ...body, choices });
}

function* insertedAt(sent: number, { malformedEventAfter, hugeEvent }: Behaviour): Generator<AnswerStep> {
  if (malformedEventAfter === sent) yield part('data: {"id":"broken","choices":[{"delta":{"con\n\n', { isEvent: true });
  if (hugeEvent?.afterEvents === sent) {
    const filler = 'a'.repeat(Math.max(0, hugeEvent.bytes - 64));
    const choices = [{ index: 0, delta: { content: filler }, finish_reason: null }];
    yield part(`data: ${JSON.stringify({ id: 'huge', object: 'chat.completion.chunk', choices })}\n\n`, {
      isEvent: true,
    });
  }
}

/** What takes the place of the rest of the stream after `sent` events; null when the stream goes on. */
function endingAt(
  sent: number,
  behaviour: Behaviour,
  style: ErrorStyle,
  lastContent: AnswerPart | null,
): Iterable<AnswerStep> | null {
  const { streamError, heartbeats, endless, endlessLine } = behaviour;
  if (behaviour.endAfterEvents === sent) return [];
  if (behaviour.resetAfterEvents === sent) return [{ kind: 'reset' }];
  if (behaviour.stallAfterEvents === sent) return [{ kind: 'stall' }];
  if (streamError?.afterEvents === sent) return [part(errorEvent(style, streamError.error), { isEvent: true })];
  if (heartbeats?.afterEvents === sent) return forEver(part(': heartbeat\n\n', { afterMs: heartbeats.everyMs }));
  if (endlessLine?.afterEvents === sent) return unfinishedLine();
  if (endless?.afterEvents === sent) {
    return forEver({ ...(lastContent ?? part('data: {}\n\n', { isEvent: true })), afterMs: endless.everyMs });
  }
  return null;
}

/** A fault that was to come after more events than there were comes at the end of the stream. */
function endingAfter(
  sent: number,
  behaviour: Behaviour,
  style: ErrorStyle,
  lastContent: AnswerPart | null,
): Iterable<AnswerStep> | null {
  const places = [
    behaviour.resetAfterEvents,
    behaviour.stallAfterEvents,
    behaviour.streamError?.afterEvents,
    behaviour.heartbeats?.afterEvents,
    behaviour.endlessLine?.afterEvents,
    behaviour.endless?.afterEvents,
  ];
  const place = places.find((after) => after !== undefined && after >= sent);
  return place === undefined ? null : endingAt(place, behaviour, style, lastContent);
}

function* forEver(step: AnswerStep): Generator<AnswerStep> {
  for (;;) yield step;
}

function* unfinishedLine(): Generator<AnswerStep> {
  yield part('data: {"id":"');
  yield* forEver(part(ENDLESS_LINE_PART, { afterMs: 1 }));
}
