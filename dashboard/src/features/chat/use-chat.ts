import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { ask, askAgain, newConversation, titleOf } from '../../lib/conversations/ask.js';
import { branchConversation } from '../../lib/conversations/branch.js';
import type { Attachment, ChatSettings, Message, Question } from '../../lib/conversations/conversation.js';
import { conversationQuery } from '../../lib/conversations/conversation-queries.js';
import { addMessages, changeConversation, deleteMessages } from '../../lib/conversations/conversation-store.js';
import { liveAnswer } from '../../lib/conversations/live-answers.js';
import { childrenOf, ROOT, subtreeOf } from '../../lib/conversations/message-tree.js';
import { moveDraft, NEW_CHAT } from '../../lib/drafts.js';
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
  readonly send: (text: string, attachments: readonly Attachment[]) => Promise<void>;
  /** The question that was sent last in this view. */
  readonly sentId: string | null;
}

/** Visibly sent by "Continue". */
const CONTINUE = 'Go on exactly where you stopped.';

/** Everything that the reader can do to the shown conversation. */
export function useChat(current: UseChat): Chat {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [sentId, setSentId] = useState<string | null>(null);
  const latest = useRef(current);
  useLayoutEffect(() => {
    latest.current = current;
  });

  const { actions, send } = useMemo(() => {
    const sendWith = async (
      above: readonly Message[],
      text: string,
      attachments: readonly Attachment[],
      used: ChatSettings,
    ) => {
      const { conversation } = latest.current.shown;
      rememberSettings(used);
      const id = conversation?.id ?? newId();
      const created = conversation ? undefined : newConversation(id, titleOf(text, attachments), used);
      const answer = await ask({ conversationId: id, conversation: created, above, text, attachments, settings: used });
      setSentId(answer.parentId);
      if (!created) return;
      await queryClient.fetchQuery({ ...conversationQuery(id), staleTime: 0 });
      moveDraft(NEW_CHAT, id);
      await navigate({ to: '/chat/{-$id}', params: { id }, search: {}, replace: true });
      void navigator.storage?.persist?.();
    };
    const upTo = (message: Message): readonly Message[] => {
      const { path } = latest.current.shown;
      return path.slice(
        0,
        path.findIndex(({ id }) => id === message.id),
      );
    };
    const chatActions: ChatActions = {
      settings: () => latest.current.settings,
      regenerate: (question, { leaveOutOlder = false, ...change } = {}) => {
        const path = [...upTo(question), question];
        const sent = leaveOutOlder ? path.slice(Math.floor(path.length / 2)) : path;
        void askAgain(sent, question, { ...latest.current.settings, ...change });
      },
      edit: (question, text) => void sendWith(upTo(question), text, question.attachments, latest.current.settings),
      continueAnswer: (change = {}) =>
        void sendWith(latest.current.shown.path, CONTINUE, [], { ...latest.current.settings, ...change }),
      branch: (message) => {
        const { conversation } = latest.current.shown;
        if (!conversation) return;
        void branchConversation(conversation, [...upTo(message), message]).then((id) =>
          navigate({ to: '/chat/{-$id}', params: { id }, search: {} }),
        );
      },
      remove: (message) => void removeWithUndo(message, latest.current.shown.messages),
      show: (message, id) => {
        const fork = message.parentId ?? ROOT;
        void changeConversation(message.conversationId, (before) => ({
          ...before,
          sides: { ...before.sides, [fork]: id },
        }));
      },
      stop: (answer) => liveAnswer(answer.id)?.stop(),
      chooseModelFor: (question) => latest.current.onChooseModelFor(question),
      changeKeyFor: (question) => latest.current.onChangeKeyFor(question),
      openRecord: (requestId) => void navigate({ to: '/requests', search: { id: requestId } }),
      signIn: () => void navigate({ to: '/sign-in', search: { next: location.pathname } }),
      startEditing: (question) => latest.current.onEdit(question),
    };
    const sendNext = (text: string, attachments: readonly Attachment[]) =>
      sendWith(latest.current.shown.path, text, attachments, latest.current.settings);
    return { actions: chatActions, send: sendNext };
  }, [navigate, queryClient]);
  return { actions, send, sentId };
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
