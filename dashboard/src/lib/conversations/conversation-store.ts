import { changeRow, changeRows, clearStores, getAllRows, getMessageRows, getRow } from '../browser-store.js';
import type { Answer, Conversation, Message } from './conversation.js';

/** Other tabs hear what changed here, so that they show it too. */
const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('ai-gateway.chats');
const listeners = new Set<(conversationId: string) => void>();

channel?.addEventListener('message', (event: MessageEvent<string>) => {
  for (const listener of listeners) listener(event.data);
});

/** Hears of every change to a conversation or its messages, made in this tab or in another. */
export function subscribeToConversations(listener: (conversationId: string) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function changed(conversationId: string): void {
  channel?.postMessage(conversationId);
  for (const listener of listeners) listener(conversationId);
}

/** All conversations, the last used first. */
export async function listConversations(): Promise<readonly Conversation[]> {
  const rows = await getAllRows<Conversation>('conversations');
  return [...rows].sort((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1));
}

export async function getConversation(id: string): Promise<Conversation | null> {
  return (await getRow<Conversation>('conversations', id)) ?? null;
}

export function getMessages(conversationId: string): Promise<readonly Message[]> {
  return getMessageRows<Message>(conversationId);
}

export function getAllMessages(): Promise<readonly Message[]> {
  return getAllRows<Message>('messages');
}

/** Adds a conversation with its first messages, or messages to one that is there. */
export async function addMessages(
  conversationId: string,
  messages: readonly Message[],
  conversation?: Conversation,
): Promise<void> {
  await changeRows({ put: { messages, ...(conversation ? { conversations: [conversation] } : {}) } });
  changed(conversationId);
}

export async function changeConversation(
  id: string,
  change: (conversation: Conversation) => Conversation,
): Promise<void> {
  await changeRow<Conversation>('conversations', id, change);
  changed(id);
}

/** Stores what has arrived of an answer; nothing when it was deleted meanwhile. */
export async function saveAnswer(answer: Answer): Promise<void> {
  await changeRow<Answer>('messages', answer.id, () => answer);
}

/** Replaces an answer by what `change` makes of the stored one, and tells everyone. */
export async function changeAnswer(answer: Answer, change: (stored: Answer) => Answer): Promise<void> {
  await changeRow<Answer>('messages', answer.id, change);
  changed(answer.conversationId);
}

/** Stores an answer that has ended, and tells everyone. */
export async function settleAnswer(answer: Answer): Promise<void> {
  await saveAnswer(answer);
  changed(answer.conversationId);
}

export async function deleteMessages(conversationId: string, ids: readonly string[]): Promise<void> {
  await changeRows({ remove: { messages: ids } });
  changed(conversationId);
}

/** Deletes a conversation and gives back what it takes to undo that. */
export async function deleteConversation(conversation: Conversation): Promise<() => Promise<void>> {
  const messages = await getMessages(conversation.id);
  await changeRows({ remove: { conversations: [conversation.id], messages: messages.map(({ id }) => id) } });
  changed(conversation.id);
  return () => addMessages(conversation.id, messages, conversation);
}

export async function deleteAllConversations(): Promise<void> {
  await clearStores(['conversations', 'messages']);
  changed('');
}
