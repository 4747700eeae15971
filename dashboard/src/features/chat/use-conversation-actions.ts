import { useNavigate } from '@tanstack/react-router';
import type { Conversation } from '../../lib/conversations/conversation.js';
import { changeConversation, deleteConversation, getMessages } from '../../lib/conversations/conversation-store.js';
import { fileNameOf, toJson, toMarkdown } from '../../lib/conversations/export-conversation.js';
import { saveFile } from '../../lib/save-file.js';
import { notifyUndo } from '../../lib/notify.js';

export interface ConversationActions {
  readonly rename: (title: string) => void;
  readonly exportMarkdown: () => void;
  readonly exportJson: () => void;
  /** @param isShown leaves the page of the deleted conversation */
  readonly remove: (isShown: boolean) => void;
}

export function useConversationActions(conversation: Conversation): ConversationActions {
  const navigate = useNavigate();
  const remove = async (isShown: boolean) => {
    const undo = await deleteConversation(conversation);
    if (isShown) await navigate({ to: '/chat/{-$id}', params: { id: undefined }, search: {} });
    await notifyUndo({ text: `“${conversation.title}” deleted.`, undo: () => void undo() });
  };
  const exportMarkdown = async () => {
    const text = toMarkdown(conversation, await getMessages(conversation.id));
    saveFile(fileNameOf(conversation.title, 'md'), text, 'text/markdown');
  };
  const exportJson = async () => {
    const text = toJson([{ conversation, messages: await getMessages(conversation.id) }]);
    saveFile(fileNameOf(conversation.title, 'json'), text, 'application/json');
  };
  return {
    rename: (title) => void changeConversation(conversation.id, (before) => ({ ...before, title, isTitleOwn: true })),
    exportMarkdown: () => void exportMarkdown(),
    exportJson: () => void exportJson(),
    remove: (isShown) => void remove(isShown),
  };
}
