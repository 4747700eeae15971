import type { AnswerContent } from '../completion/answer-content.js';
import { LiveAnswer } from '../completion/live-answer.js';
import type { Answer } from './conversation.js';
import { saveAnswer, settleAnswer } from './conversation-store.js';
import { rescue, takeRescued } from './rescue.js';

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

/** Ends the reservation of an answer: called when it is settled, or was never begun. */
type Release = () => void;

const reserved = new Map<string, Release>();

/** Whether this tab writes an answer, or is about to. */
export function isOurs(messageId: string): boolean {
  return started.has(messageId) || reserved.has(messageId);
}

/**
 * Says that this tab is going to write an answer, before its row is stored. Until it is settled the tab holds a
 * lock of the answer's name: so another tab, or this one after a reload, can tell an answer that is being written
 * from one that was interrupted.
 */
export async function reserveAnswer(messageId: string): Promise<void> {
  let release: Release = () => undefined;
  const settled = new Promise<void>((resolve) => {
    release = resolve;
  });
  reserved.set(messageId, release);
  if (!('locks' in navigator)) return;
  await new Promise<void>((granted) => {
    void navigator.locks.request(lockName(messageId), () => {
      granted();
      return settled;
    });
  });
}

export function releaseAnswer(messageId: string): void {
  reserved.get(messageId)?.();
  reserved.delete(messageId);
}

/** Starts a reserved answer whose row is stored, stores what arrives once a second, and settles the row at the end. */
export function startAnswer(row: Answer, body: object): LiveAnswer {
  const withContent = (content: AnswerContent): Answer => ({ ...row, content, savedAtMs: Date.now() });
  const live = new LiveAnswer({
    model: row.content.requestedModel,
    body,
    makeRequestId: requestIdOf(row),
    onLeave: (content) => rescue(row.id, content),
    onSave: (content) => void saveAnswer(withContent(content)).catch(reportStorage),
  });
  started.set(row.id, live);
  writing.set(row.id, row.conversationId);
  void live.finished.then(async (content) => {
    writing.delete(row.id);
    // A page that goes away ends its calls first: until the row is settled this is the only copy of the text.
    rescue(row.id, content);
    await settleAnswer(withContent(content)).then(() => takeRescued(row.id), reportStorage);
    releaseAnswer(row.id);
  });
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
