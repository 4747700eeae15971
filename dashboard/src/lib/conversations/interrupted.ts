import { countWords, isWriting, type AnswerContent } from '../completion/answer-content.js';
import { fetchJson } from '../api-client.js';
import { ApiError, ConnectionLostError } from '../api-error.js';
import type { RequestRecord } from '../../../../libs/contracts/requests.js';
import type { Answer, Message } from './conversation.js';
import { changeAnswer } from './conversation-store.js';
import { isOurs, lockName } from './live-answers.js';
import { takeRescued } from './rescue.js';

/** An unfinished answer without locks counts as written elsewhere for this long after its last save. */
const FRESH_MS = 5000;

/** The unfinished answers that nobody writes any more: their tab was reloaded or closed. */
export async function findInterrupted(
  messages: readonly Message[],
  now: () => number = Date.now,
): Promise<readonly Answer[]> {
  const unfinished = messages.filter(
    (message): message is Answer =>
      message.role === 'assistant' && isWriting(message.content.state) && !isOurs(message.id),
  );
  if (unfinished.length === 0) return [];
  if (!('locks' in navigator)) return unfinished.filter((answer) => now() - answer.savedAtMs > FRESH_MS);
  const { held = [] } = await navigator.locks.query();
  const names = new Set(held.map(({ name }) => name));
  return unfinished.filter((answer) => !names.has(lockName(answer.id)));
}

const settling = new Set<string>();

/** Ends such an answer with what was stored of it, and with the tokens and cost that the gateway recorded. */
export async function settleInterrupted(answer: Answer, now: () => number = Date.now): Promise<void> {
  // Whoever looks twice at the same rows must not settle them twice: the second has only the older text.
  if (settling.has(answer.id)) return;
  settling.add(answer.id);
  const rescued = takeRescued(answer.id);
  const endedAtMs = answer.savedAtMs || now();
  await changeAnswer(answer, (stored) => {
    if (!isWriting(stored.content.state)) return stored;
    const kept = rescued && rescued.text.length >= stored.content.text.length ? rescued : stored.content;
    return { ...stored, content: { ...kept, state: 'interrupted', error: null, endedAtMs } };
  });
  const record = await fetchRecord(answer.content.requestId);
  if (record) await changeAnswer(answer, (stored) => ({ ...stored, content: filledFrom(record, stored.content) }));
}

/** Fills in tokens and cost from the gateway's record, for an answer whose last chunk never came. */
export async function withRecord(content: AnswerContent): Promise<AnswerContent> {
  const record = await fetchRecord(content.requestId);
  return record ? filledFrom(record, content) : content;
}

function filledFrom(record: RequestRecord, content: AnswerContent): AnswerContent {
  return {
    ...content,
    servedModel: record.servedModel ?? content.servedModel,
    upstream: record.upstream ?? content.upstream,
    isEstimate: record.usageSource === 'estimated',
    usage: {
      inputTokens: record.inputTokens,
      cachedInputTokens: record.cachedInputTokens,
      outputTokens: record.outputTokens,
      reasoningTokens: record.reasoningTokens,
      costUsd: record.costUsd,
    },
  };
}

async function fetchRecord(requestId: string): Promise<RequestRecord | null> {
  try {
    return await fetchJson<RequestRecord>(`/api/requests/${encodeURIComponent(requestId)}`);
  } catch (error) {
    // Not yet settled, not ours to read, or no connection: the answer stays without figures.
    if (error instanceof ApiError || error instanceof ConnectionLostError) return null;
    throw error;
  }
}

/** "312 words kept" */
export function keptWords(content: AnswerContent): number {
  return countWords(content.text);
}
