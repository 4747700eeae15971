import type { AnswerContent } from '../completion/answer-content.js';
import { LiveAnswer } from '../completion/live-answer.js';
import type { Answer } from './conversation.js';
import { saveAnswer, settleAnswer } from './conversation-store.js';

/**
 * The answers that this tab wrote or is writing, by message id. They go on when another conversation is looked at,
 * and stay after their end until their stored row is read again.
 */
const started = new Map<string, LiveAnswer>();

export function liveAnswer(messageId: string): LiveAnswer | undefined {
  return started.get(messageId);
}

/** Which conversations have an answer that is being written here. */
export function writingConversations(): ReadonlySet<string> {
  return new Set(writing.values());
}

const writing = new Map<string, string>();

/**
 * Starts an answer whose row is already stored, stores what arrives once a second, and settles the row at the end.
 * While it runs the tab holds a lock of the answer's name: so another tab, or this one after a reload, can tell
 * an answer that is being written from one that was interrupted.
 */
export function startAnswer(row: Answer, body: object): LiveAnswer {
  const withContent = (content: AnswerContent): Answer => ({ ...row, content, savedAtMs: Date.now() });
  const live = new LiveAnswer({
    model: row.content.requestedModel,
    body,
    makeRequestId: requestIdOf(row),
    onSave: (content) => void saveAnswer(withContent(content)).catch(reportStorage),
  });
  started.set(row.id, live);
  writing.set(row.id, row.conversationId);
  const settled = live.finished.then(async (content) => {
    writing.delete(row.id);
    await settleAnswer(withContent(content)).catch(reportStorage);
  });
  if ('locks' in navigator) void navigator.locks.request(lockName(row.id), () => settled);
  return live;
}

/** The first call has the id that is stored with the row; a retry gets a new one. */
function requestIdOf(row: Answer): () => string {
  let calls = 0;
  return () => (calls++ === 0 ? row.content.requestId : `${row.content.requestId}-${calls}`);
}

export function lockName(messageId: string): string {
  return `ai-gateway.answer.${messageId}`;
}

/** Sent on `window` when the browser would not keep an answer: storage is full or refused. */
export const STORAGE_REFUSED = 'gateway:storage-refused';

function reportStorage(error: unknown): void {
  console.warn('The browser did not keep the answer.', error);
  dispatchEvent(new Event(STORAGE_REFUSED));
}
