import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { ask, askAgain, newConversation, titleOf } from '../../lib/conversations/ask.js';
import { branchConversation } from '../../lib/conversations/branch.js';
import type { Attachment, ChatSettings, Message, Question } from '../../lib/conversations/conversation.js';
import { conversationQuery } from '../../lib/conversations/conversation-queries.js';
import { addMessages, changeConversation, deleteMessages } from '../../lib/conversations/conversation-store.js';
import { liveAnswer } from '../../lib/conversations/live-answers.js';
import { childrenOf, ROOT, subtreeOf } from '../../lib/conversations/message-tree.js';
import { rememberSettings } from '../../lib/model-memory.js';
import { plural } from '../../lib/figures.js';
import { newId } from '../../lib/ids.js';
import { notifyUndo } from '../../lib/notify.js';
import type { ChatActions } from './chat-actions.js';
import type { ShownConversation } from './use-conversation.js';

interface UseChat {
  readonly shown: ShownConversation;
  readonly settings: ChatSettings;
  readonly onChooseModelFor: (question: Question) => void;
  readonly onChangeKeyFor: (question: Question) => void;
  readonly onEdit: (question: Question) => void;
}

export interface Chat {
  readonly actions: ChatActions;
  readonly send: (text: string, attachments: readonly Attachment[]) => void;
  /** The question that was sent last in this view. */
  readonly sentId: string | null;
}

/** Visibly sent by "Continue". */
const CONTINUE = 'Go on exactly where you stopped.';

/** Everything that the reader can do to the shown conversation. */
export function useChat({ shown, settings, onChooseModelFor, onChangeKeyFor, onEdit }: UseChat): Chat {
  const { conversation, messages, path } = shown;
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [sentId, setSentId] = useState<string | null>(null);

  const sendWith = useCallback(
    async (above: readonly Message[], text: string, attachments: readonly Attachment[], used: ChatSettings) => {
      rememberSettings(used);
      const id = conversation?.id ?? newId();
      const created = conversation ? undefined : newConversation(id, titleOf(text, attachments), used);
      const answer = await ask({ conversationId: id, conversation: created, above, text, attachments, settings: used });
      await queryClient.fetchQuery({ ...conversationQuery(id), staleTime: 0 });
      if (!conversation) await navigate({ to: '/chat/{-$id}', params: { id }, search: {}, replace: true });
      setSentId(answer.parentId);
      if (created) void navigator.storage?.persist?.();
    },
    [conversation, navigate, queryClient],
  );

  const actions = useMemo((): ChatActions => {
    const regenerate: ChatActions['regenerate'] = (question, { leaveOutOlder = false, ...change } = {}) => {
      const at = path.findIndex(({ id }) => id === question.id);
      const upTo = path.slice(0, at + 1);
      const sent = leaveOutOlder ? upTo.slice(Math.floor(upTo.length / 2)) : upTo;
      void askAgain(sent, question, { ...settings, ...change });
    };
    return {
      settings,
      regenerate,
      edit: (question, text) => {
        const at = path.findIndex(({ id }) => id === question.id);
        void sendWith(path.slice(0, at), text, question.attachments, settings);
      },
      continueAnswer: (change = {}) => void sendWith(path, CONTINUE, [], { ...settings, ...change }),
      branch: (message) => {
        if (!conversation) return;
        const at = path.findIndex(({ id }) => id === message.id);
        void branchConversation(conversation, path.slice(0, at + 1)).then((id) =>
          navigate({ to: '/chat/{-$id}', params: { id }, search: {} }),
        );
      },
      remove: (message) => void removeWithUndo(message, messages),
      show: (message, id) => {
        if (!conversation) return;
        const fork = message.parentId ?? ROOT;
        void changeConversation(conversation.id, (before) => ({ ...before, sides: { ...before.sides, [fork]: id } }));
      },
      stop: (answer) => liveAnswer(answer.id)?.stop(),
      chooseModelFor: onChooseModelFor,
      changeKeyFor: onChangeKeyFor,
      openRecord: (requestId) => void navigate({ to: '/requests', search: { id: requestId } }),
      signIn: () => void navigate({ to: '/sign-in', search: { next: location.pathname } }),
      startEditing: onEdit,
    };
  }, [settings, path, messages, conversation, navigate, sendWith, onChooseModelFor, onChangeKeyFor, onEdit]);

  return { actions, sentId, send: (text, attachments) => void sendWith(path, text, attachments, settings) };
}

async function removeWithUndo(message: Message, messages: readonly Message[]): Promise<void> {
  const ids = new Set(subtreeOf(message.id, childrenOf(messages)));
  const removed = messages.filter(({ id }) => ids.has(id));
  for (const id of ids) liveAnswer(id)?.stop();
  await deleteMessages(message.conversationId, [...ids]);
  await notifyUndo({
    text: `${plural(removed.length, 'message')} deleted.`,
    undo: () => void addMessages(message.conversationId, removed),
  });
}
