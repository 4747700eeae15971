import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ChatSettings, Conversation } from '../../lib/conversations/conversation.js';
import { changeConversation } from '../../lib/conversations/conversation-store.js';
import { modelMemory, rememberSettings } from '../../lib/model-memory.js';
import { modelsQuery } from '../../lib/models.js';

export interface ChatSettingsState {
  readonly settings: ChatSettings;
  readonly change: (change: Partial<ChatSettings>) => void;
}

/**
 * What the shown chat is asked with: kept with the conversation; before there is one, what was used last. A first
 * visitor gets the demo model, or whatever comes first.
 */
export function useChatSettings(
  conversation: Conversation | undefined,
  wantedModel: string | undefined,
): ChatSettingsState {
  const { data: models } = useQuery(modelsQuery);
  const [own, setOwn] = useState<ChatSettings>(() => {
    const { settings } = modelMemory();
    // A system prompt belongs to the chat that it was written for.
    return { ...settings, system: '', ...(wantedModel ? { model: wantedModel } : {}) };
  });
  const base = conversation?.settings ?? own;
  const list = models?.data ?? [];
  const fallback = list.find(({ id }) => id === 'demo')?.id ?? list[0]?.id ?? 'demo';
  const settings = base.model === '' ? { ...base, model: fallback } : base;
  const change = (wanted: Partial<ChatSettings>) => {
    const next = { ...settings, ...wanted };
    rememberSettings(next);
    setOwn({ ...next, system: conversation ? '' : next.system });
    if (conversation) void changeConversation(conversation.id, (before) => ({ ...before, settings: next }));
  };
  return { settings, change };
}
