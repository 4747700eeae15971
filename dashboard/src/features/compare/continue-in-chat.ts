import { noParameters } from '../../lib/completion/completion-request.js';
import { newConversation, titleOf } from '../../lib/conversations/ask.js';
import type { Message } from '../../lib/conversations/conversation.js';
import { addMessages } from '../../lib/conversations/conversation-store.js';
import { newId } from '../../lib/ids.js';
import type { Round } from './comparison.js';

/** Makes a conversation of one column's rounds. @returns its id */
export async function continueInChat(
  rounds: readonly Round[],
  column: number,
  model: string,
  now: Date = new Date(),
): Promise<string> {
  const conversationId = newId();
  const messages: Message[] = [];
  let at = now.getTime();
  for (const { question, answers } of rounds) {
    const content = answers[column];
    if (!content?.text) continue;
    const parentId = messages.at(-1)?.id ?? null;
    const asked = { id: newId(), conversationId, parentId, createdAt: new Date(at++).toISOString() };
    messages.push({ ...asked, role: 'user', text: question, attachments: [] });
    const said = { id: newId(), conversationId, parentId: asked.id, createdAt: new Date(at++).toISOString() };
    messages.push({ ...said, role: 'assistant', content, savedAtMs: at });
  }
  const title = titleOf(rounds[0]?.question ?? '');
  await addMessages(conversationId, messages, newConversation(conversationId, title, { ...noParameters, model }, now));
  return conversationId;
}
