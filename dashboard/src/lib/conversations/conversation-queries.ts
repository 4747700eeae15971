import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { getConversation, getMessages, listConversations, subscribeToConversations } from './conversation-store.js';

export const conversationsQuery = queryOptions({
  queryKey: ['conversations'],
  queryFn: listConversations,
  staleTime: Number.POSITIVE_INFINITY,
});

export function conversationQuery(id: string) {
  return queryOptions({
    queryKey: ['conversation', id],
    queryFn: async () => {
      const [conversation, messages] = await Promise.all([getConversation(id), getMessages(id)]);
      return conversation && { conversation, messages };
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Reads again what changed, in this tab or in another. */
export function useConversationChanges(): void {
  const queryClient = useQueryClient();
  useEffect(
    () =>
      subscribeToConversations((id) => {
        void queryClient.invalidateQueries({ queryKey: ['conversations'] });
        void queryClient.invalidateQueries({ queryKey: id ? ['conversation', id] : ['conversation'] });
      }),
    [queryClient],
  );
}
