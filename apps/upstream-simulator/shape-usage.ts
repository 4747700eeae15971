import { isRecord, type JsonRecord, listOf, recordOf } from '../../libs/demo-model/read-json.js';
import { type Answer, type AnswerPart, type AnswerStep, lazily } from './answer.js';
import type { Behaviour, UsageShape } from './behaviour.js';

const DATA_LINE = /^data: (\{.*\})$/m;

type Usage = NonNullable<Behaviour['usage']>;

/**
 * Gives usage the shape that is asked for. Streams of chat and completions know every shape; other answers know `none`,
 * `null` and exact values.
 */
export function shapeUsage(answer: Answer, { shape = 'normal', values }: Usage): Answer {
  const steps = lazily(function* (): Generator<AnswerStep> {
    let tokensSent = 0;
    const parts = isChatStream(shape, answer) ? movedUsage(answer.steps, shape, values) : answer.steps;
    for (const step of parts) {
      if (step.kind !== 'part') {
        yield step;
        continue;
      }
      tokensSent += step.tokens;
      const rewritten = rewriteUsage(step, { shape, values, tokensSent });
      if (rewritten !== null) yield rewritten;
    }
  });
  return { ...answer, steps };
}

function isChatStream(shape: UsageShape, answer: Answer): boolean {
  return answer.isStream && shape !== 'none' && shape !== 'null';
}

interface Rewriting {
  readonly shape: UsageShape;
  readonly values: JsonRecord | undefined;
  readonly tokensSent: number;
}

/** A part with its usage taken out, nulled, replaced, or (cumulative) put in; null for an event that held nothing else. */
function rewriteUsage(step: AnswerPart, { shape, values, tokensSent }: Rewriting): AnswerPart | null {
  const body = bodyOf(step);
  if (body === null) return step;
  const isUsageEvent = isRecord(body['usage']) && isEmptyList(body['choices']);
  if ((shape === 'none' || shape === 'null') && isUsageEvent) return null;
  if (shape === 'cumulative' && 'choices' in body && !isRecord(body['usage'])) {
    const prompt = typeof values?.['prompt_tokens'] === 'number' ? values['prompt_tokens'] : 1;
    const usage = { prompt_tokens: prompt, completion_tokens: tokensSent, total_tokens: prompt + tokensSent };
    return withBody(step, { ...body, usage });
  }
  const changed = changeUsage(body, (usage) => {
    if (shape === 'none') return undefined;
    if (shape === 'null') return null;
    return values === undefined || !isRecord(usage) ? usage : { ...usage, ...values };
  });
  return changed === body ? step : withBody(step, changed);
}

function changeUsage(body: JsonRecord, change: (usage: unknown) => unknown): JsonRecord {
  if ('usage' in body) {
    const { usage, ...rest } = body;
    const changed = change(usage);
    return changed === usage ? body : changed === undefined ? rest : { ...rest, usage: changed };
  }
  for (const holder of ['message', 'response']) {
    const held = body[holder];
    if (isRecord(held) && 'usage' in held) return { ...body, [holder]: changeUsage(held, change) };
  }
  return body;
}

/** Moves the usage event of a chat stream to where the shape wants it. The stream must carry one. */
function* movedUsage(
  steps: Iterable<AnswerStep>,
  shape: UsageShape,
  values: JsonRecord | undefined,
): Generator<AnswerStep> {
  if (shape === 'normal' || shape === 'always' || shape === 'cumulative') {
    yield* steps;
    return;
  }
  const all = [...steps];
  const isUsage = (step: AnswerStep) =>
    step.kind === 'part' && isEmptyList(bodyOf(step)?.['choices']) && isRecord(bodyOf(step)?.['usage']);
  const usageStep = all.find(isUsage);
  if (usageStep?.kind !== 'part') {
    yield* all;
    return;
  }
  const usageBody = recordOf(bodyOf(usageStep));
  const usage = { ...recordOf(usageBody['usage']), ...values };
  const rest = all.filter((step) => step !== usageStep);
  const [first] = rest;
  for (const step of rest) {
    const body = step.kind === 'part' ? bodyOf(step) : null;
    if (shape === 'on-finish' && step.kind === 'part' && body !== null && hasFinish(body)) {
      yield withBody(step, { ...body, usage });
    } else if (shape === 'with-choices' && step.kind === 'part' && body === null) {
      const choices = [{ index: 0, delta: {}, logprobs: null, finish_reason: null }];
      yield withBody(usageStep, { ...usageBody, choices, usage });
      yield step;
    } else {
      yield step;
    }
    if (shape === 'early' && step === first) yield usageStep;
  }
}

export function hasFinish(body: JsonRecord): boolean {
  return listOf(body['choices']).some((choice) => typeof recordOf(choice)['finish_reason'] === 'string');
}

/** The JSON object that a part carries, as an event or as a body; null when it carries none. */
export function bodyOf(step: AnswerPart): JsonRecord | null {
  const { content } = step;
  if (typeof content !== 'string') return null;
  const text = step.isEvent ? DATA_LINE.exec(content)?.[1] : content;
  if (text === undefined || !text.startsWith('{')) return null;
  const body: unknown = JSON.parse(text);
  return isRecord(body) ? body : null;
}

export function withBody(step: AnswerPart, body: JsonRecord): AnswerPart {
  const text = JSON.stringify(body);
  // As a function, so that `$` in the text means nothing.
  const content = step.isEvent ? String(step.content).replace(DATA_LINE, () => `data: ${text}`) : text;
  return { ...step, content };
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
