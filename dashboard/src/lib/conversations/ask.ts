import { completionBody } from '../completion/completion-request.js';
import { newAnswer } from '../completion/answer-content.js';
import type { LiveAnswer } from '../completion/live-answer.js';
import { newId, newRequestId } from '../ids.js';
import type { Answer, Attachment, ChatSettings, Conversation, Message, Question } from './conversation.js';
import { addMessages, changeConversation, settleAnswer } from './conversation-store.js';
import { releaseAnswer, reserveAnswer, startAnswer } from './live-answers.js';
import { ROOT, toWireMessages } from './message-tree.js';
import { withRecord } from './interrupted.js';

const TITLE_LENGTH = 60;

/** A conversation's first name: the beginning of its first question. */
export function titleOf(text: string, attachments: readonly Attachment[] = []): string {
  const line = text.trim().split('\n')[0]?.trim() ?? '';
  const title = line.length > TITLE_LENGTH ? `${line.slice(0, TITLE_LENGTH).replace(/\s+\S*$/, '')}…` : line;
  return title || attachments[0]?.name || 'New chat';
}

export function newConversation(
  id: string,
  title: string,
  settings: ChatSettings,
  now: Date = new Date(),
): Conversation {
  const at = now.toISOString();
  return { id, title, isTitleOwn: false, createdAt: at, updatedAt: at, settings, sides: {}, branchedFrom: null };
}

export interface Ask {
  readonly conversationId: string;
  /** Present for the first question: the conversation is stored with it. */
  readonly conversation?: Conversation | undefined;
  /** The path above the new question. */
  readonly above: readonly Message[];
  readonly text: string;
  readonly attachments: readonly Attachment[];
  readonly settings: ChatSettings;
}

/** Stores a question with its unfinished answer, then asks. */
export async function ask({ conversationId, conversation, above, text, attachments, settings }: Ask): Promise<Answer> {
  const question: Question = {
    id: newId(),
    conversationId,
    parentId: above.at(-1)?.id ?? null,
    createdAt: new Date().toISOString(),
    role: 'user',
    text,
    attachments,
  };
  const answer = answerTo(question, settings);
  const sides = { [question.parentId ?? ROOT]: question.id, [question.id]: answer.id };
  await reserving(answer, async () => {
    await addMessages(conversationId, [question, answer], conversation && { ...conversation, sides });
    if (!conversation) await touch(conversationId, settings, sides);
  });
  start(answer, [...above, question], settings);
  return answer;
}

/** Asks the same question again, of the same model or another: the new answer is a sibling of the old. */
export async function askAgain(path: readonly Message[], question: Question, settings: ChatSettings): Promise<Answer> {
  const answer = answerTo(question, settings);
  await reserving(answer, async () => {
    await addMessages(question.conversationId, [answer]);
    await touch(question.conversationId, null, { [question.id]: answer.id });
  });
  const at = path.findIndex(({ id }) => id === question.id);
  start(answer, path.slice(0, at + 1), settings);
  return answer;
}

/** Stores the rows of an answer that is going to be written; gives the answer up when the browser refuses. */
async function reserving(answer: Answer, store: () => Promise<void>): Promise<void> {
  await reserveAnswer(answer.id);
  try {
    await store();
  } catch (error) {
    releaseAnswer(answer.id);
    throw error;
  }
}

function answerTo(question: Question, settings: ChatSettings): Answer {
  const now = Date.now();
  return {
    id: newId(),
    conversationId: question.conversationId,
    parentId: question.id,
    // After its question, also when both are made within one millisecond.
    createdAt: new Date(Math.max(now, Date.parse(question.createdAt) + 1)).toISOString(),
    role: 'assistant',
    content: newAnswer(newRequestId(), settings.model, now),
    savedAtMs: now,
  };
}

function touch(
  conversationId: string,
  settings: ChatSettings | null,
  sides: Readonly<Record<string, string>>,
): Promise<void> {
  return changeConversation(conversationId, (before) => ({
    ...before,
    updatedAt: new Date().toISOString(),
    sides: { ...before.sides, ...sides },
    ...(settings ? { settings } : {}),
  }));
}

function start(answer: Answer, path: readonly Message[], settings: ChatSettings): void {
  const live = startAnswer(answer, completionBody(settings.model, toWireMessages(path), settings));
  void completeFigures(answer, live);
}

/** How long after a cut stream the gateway needs to settle its row. */
const RECORD_DELAYS_MS = [400, 1500, 4000];

/** A stream that was cut has no last chunk: its tokens and cost come from the gateway's record. */
async function completeFigures(answer: Answer, live: LiveAnswer): Promise<void> {
  const content = await live.finished;
  if (content.usage || content.state === 'failed') return;
  for (const delayMs of RECORD_DELAYS_MS) {
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    const recorded = await withRecord(content);
    if (recorded === content) continue;
    await settleAnswer({ ...answer, content: recorded, savedAtMs: Date.now() });
    return;
  }
}
