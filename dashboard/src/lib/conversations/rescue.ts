import type { AnswerContent } from '../completion/answer-content.js';

/**
 * The last second of an answer whose page goes away. The browser's database is too slow for that moment: what is
 * written there may never arrive. This store writes at once, and is emptied when the answer is settled.
 */
const PREFIX = 'gateway.rescued.';

export function rescue(messageId: string, content: AnswerContent): void {
  try {
    localStorage.setItem(PREFIX + messageId, JSON.stringify(content));
  } catch (error) {
    // Full or blocked: what was stored a second ago remains.
    if (!(error instanceof DOMException)) throw error;
  }
}

/** What was rescued of an answer, once. */
export function takeRescued(messageId: string): AnswerContent | null {
  try {
    const text = localStorage.getItem(PREFIX + messageId);
    localStorage.removeItem(PREFIX + messageId);
    return text === null ? null : (JSON.parse(text) as AnswerContent);
  } catch {
    return null; // Blocked or unreadable: what was stored a second ago remains.
  }
}
