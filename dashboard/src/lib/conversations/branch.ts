import { newId } from '../ids.js';
import { newConversation } from './ask.js';
import type { Conversation, Message } from './conversation.js';
import { addMessages } from './conversation-store.js';

/** A new conversation with copies of a path's messages, that links back to where it left. @returns its id */
export async function branchConversation(
  from: Conversation,
  path: readonly Message[],
  now: Date = new Date(),
): Promise<string> {
  const id = newId();
  const ids = new Map(path.map((message) => [message.id, newId()]));
  const copies = path.map((message): Message => ({
    ...message,
    id: ids.get(message.id) ?? newId(),
    conversationId: id,
    parentId: message.parentId === null ? null : (ids.get(message.parentId) ?? null),
  }));
  const last = path.at(-1);
  const conversation: Conversation = {
    ...newConversation(id, `${from.title} (branch)`, from.settings, now),
    branchedFrom: last ? { conversationId: from.id, messageId: last.id, title: from.title } : null,
  };
  await addMessages(id, copies, conversation);
  return id;
}
