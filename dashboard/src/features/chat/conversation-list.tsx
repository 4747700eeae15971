import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useDeferredValue, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useCloseDrawer } from '../../components/rail-slot.js';
import { dayGroup } from '../../lib/clock.js';
import type { Conversation } from '../../lib/conversations/conversation.js';
import { conversationsQuery } from '../../lib/conversations/conversation-queries.js';
import { getAllMessages } from '../../lib/conversations/conversation-store.js';
import { searchConversations, type ConversationHit } from '../../lib/conversations/search-conversations.js';
import { isComposing, isTypingTarget } from '../../lib/typing.js';
import { ConversationLink } from './conversation-link.js';

/** The rail's middle: new chat, search, the conversations by day. */
export function ConversationList({ currentId }: { readonly currentId: string | undefined }) {
  const { data: conversations = [], error } = useQuery(conversationsQuery);
  const [text, setText] = useState('');
  const search = useDeferredValue(text.trim());
  const hits = useHits(search, conversations);
  const groups = useMemo(() => groupByDay(hits), [hits]);
  const list = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const closeDrawer = useCloseDrawer();
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-2 px-2 pb-2">
      <Link
        to="/chat/{-$id}"
        params={{ id: undefined }}
        onClick={closeDrawer}
        className="control-h flex items-center gap-2 rounded-control border border-line-strong bg-surface px-2 text-control font-semibold hover:bg-hover"
      >
        <Plus aria-hidden size={16} strokeWidth={1.5} />
        New chat
      </Link>
      <input
        ref={field}
        type="search"
        aria-label="Search chats"
        placeholder="Search chats"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown' && !isComposing(event.nativeEvent)) focusLink(list.current, 0);
        }}
        className="control-h w-full rounded-control border border-line-strong bg-surface px-2 text-control"
      />
      <div
        ref={list}
        role="presentation"
        onKeyDown={(event) => moveInList(event, list.current, field.current)}
        className="-mx-2 min-h-0 flex-1 overflow-y-auto px-2"
      >
        {error && <p className="px-2 text-meta text-warn">This browser keeps no chats: {error.message}</p>}
        {groups.map(([group, items]) => (
          <section key={group} aria-label={group}>
            <h2 className="px-2 pt-2 pb-1 text-meta text-ink-3">{group}</h2>
            <ul>
              {items.map((hit) => (
                <ConversationLink key={hit.conversation.id} hit={hit} isCurrent={hit.conversation.id === currentId} />
              ))}
            </ul>
          </section>
        ))}
        {search && hits.length === 0 && <p className="px-2 py-2 text-meta text-ink-2">No chat has these words.</p>}
      </div>
    </div>
  );
}

function useHits(search: string, conversations: readonly Conversation[]): readonly ConversationHit[] {
  const { data: messages = [] } = useQuery({
    queryKey: ['conversations', 'messages'],
    queryFn: getAllMessages,
    enabled: search !== '',
  });
  return useMemo(() => searchConversations(search, conversations, messages), [search, conversations, messages]);
}

function groupByDay(hits: readonly ConversationHit[]): readonly (readonly [string, readonly ConversationHit[]])[] {
  const groups = new Map<string, ConversationHit[]>();
  for (const hit of hits) {
    const group = dayGroup(hit.conversation.updatedAt);
    groups.set(group, [...(groups.get(group) ?? []), hit]);
  }
  return [...groups];
}

function focusLink(list: HTMLElement | null, index: number): void {
  const links = list?.querySelectorAll<HTMLElement>('[data-conversation]');
  links?.[Math.max(0, Math.min(index, links.length - 1))]?.focus();
}

/** ↑ ↓ J K move, / goes to the search. Enter is the link's own. */
function moveInList(event: KeyboardEvent, list: HTMLElement | null, field: HTMLElement | null): void {
  if (isComposing(event.nativeEvent) || isTypingTarget(event.target) || event.altKey || event.ctrlKey || event.metaKey)
    return;
  const links = [...(list?.querySelectorAll<HTMLElement>('[data-conversation]') ?? [])];
  const at = links.findIndex((link) => link === document.activeElement);
  const key = event.key.toLowerCase();
  if (key === '/') field?.focus();
  else if (at >= 0 && (key === 'arrowdown' || key === 'j')) focusLink(list, at + 1);
  else if (at > 0 && (key === 'arrowup' || key === 'k')) focusLink(list, at - 1);
  else return;
  event.preventDefault();
}
