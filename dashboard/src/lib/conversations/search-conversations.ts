import type { Conversation, Message } from './conversation.js';

export interface ConversationHit {
  readonly conversation: Conversation;
  /** Text around the hit, or `null` when the title was hit. */
  readonly excerpt: string | null;
}

const EXCERPT = 40;

/** Conversations whose title or any message, shown or not, contains every word. */
export function searchConversations(
  text: string,
  conversations: readonly Conversation[],
  messages: readonly Message[],
): readonly ConversationHit[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const first = words[0];
  if (first === undefined) return conversations.map((conversation) => ({ conversation, excerpt: null }));
  const byConversation = new Map<string, string[]>();
  for (const message of messages) {
    const texts = byConversation.get(message.conversationId) ?? [];
    texts.push(message.role === 'user' ? message.text : message.content.text);
    byConversation.set(message.conversationId, texts);
  }
  return conversations.flatMap((conversation): readonly ConversationHit[] => {
    if (containsAll(conversation.title, words)) return [{ conversation, excerpt: null }];
    const hit = byConversation.get(conversation.id)?.find((candidate) => containsAll(candidate, words));
    return hit === undefined ? [] : [{ conversation, excerpt: excerptOf(hit, first) }];
  });
}

function containsAll(text: string, words: readonly string[]): boolean {
  const lower = text.toLowerCase();
  return words.every((word) => lower.includes(word));
}

function excerptOf(text: string, word: string): string {
  const at = text.toLowerCase().indexOf(word);
  const from = Math.max(0, at - EXCERPT);
  const to = Math.min(text.length, at + word.length + EXCERPT);
  const cut = text.slice(from, to).replace(/\s+/g, ' ').trim();
  return `${from > 0 ? '…' : ''}${cut}${to < text.length ? '…' : ''}`;
}
