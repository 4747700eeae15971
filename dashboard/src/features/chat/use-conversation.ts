import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { Conversation, Message } from '../../lib/conversations/conversation.js';
import { conversationQuery, useConversationChanges } from '../../lib/conversations/conversation-queries.js';
import { findInterrupted, settleInterrupted } from '../../lib/conversations/interrupted.js';
import { pathOf } from '../../lib/conversations/message-tree.js';

export interface ShownConversation {
  readonly conversation: Conversation | undefined;
  readonly messages: readonly Message[];
  readonly path: readonly Message[];
  readonly isLoading: boolean;
  /** The address names a conversation that is not in this browser. */
  readonly isMissing: boolean;
  readonly error: Error | null;
}

const noMessages: readonly Message[] = [];
const LOOK_AGAIN_MS = 2000;

/** The conversation of the address with the path that is shown of it; settles answers whose tab is gone. */
export function useConversation(id: string | undefined): ShownConversation {
  useConversationChanges();
  const { data, isLoading, error } = useQuery({ ...conversationQuery(id ?? ''), enabled: id !== undefined });
  const messages = data?.messages ?? noMessages;
  const conversation = data?.conversation;
  const path = useMemo(() => pathOf(messages, conversation?.sides ?? {}), [messages, conversation?.sides]);
  useSettledInterruptions(messages);
  return { conversation, messages, path, isLoading, isMissing: data === null, error };
}

function useSettledInterruptions(messages: readonly Message[]): void {
  useEffect(() => {
    let isCurrent = true;
    const look = async () => {
      for (const answer of await findInterrupted(messages)) if (isCurrent) await settleInterrupted(answer);
    };
    void look();
    // A tab that writes now may be closed in a moment.
    const timer = setInterval(() => void look(), LOOK_AGAIN_MS);
    return () => {
      isCurrent = false;
      clearInterval(timer);
    };
  }, [messages]);
}
