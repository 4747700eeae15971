import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { MoreHorizontal, Plus } from 'lucide-react';
import { useDeferredValue, useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { Menu, MenuItem } from '../../components/menu.js';
import { useCloseDrawer } from '../../components/rail-slot.js';
import { classNames } from '../../lib/class-names.js';
import { dayGroup } from '../../lib/clock.js';
import type { Conversation } from '../../lib/conversations/conversation.js';
import { conversationsQuery } from '../../lib/conversations/conversation-queries.js';
import { getAllMessages } from '../../lib/conversations/conversation-store.js';
import { writingConversations } from '../../lib/conversations/live-answers.js';
import { searchConversations, type ConversationHit } from '../../lib/conversations/search-conversations.js';
import { isComposing, isTypingTarget } from '../../lib/typing.js';
import { useConversationActions } from './use-conversation-actions.js';

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

function ConversationLink({
  hit: { conversation, excerpt },
  isCurrent,
}: {
  readonly hit: ConversationHit;
  readonly isCurrent: boolean;
}) {
  const closeDrawer = useCloseDrawer();
  const actions = useConversationActions(conversation);
  const [isRenaming, setRenaming] = useState(false);
  if (isRenaming) {
    return (
      <li>
        <RenameField
          title={conversation.title}
          onDone={(title) => {
            setRenaming(false);
            if (title) actions.rename(title);
          }}
        />
      </li>
    );
  }
  return (
    <li className={classNames('group flex items-center rounded-control hover:bg-hover', isCurrent && 'bg-accent-soft')}>
      <Link
        to="/chat/{-$id}"
        params={{ id: conversation.id }}
        onClick={closeDrawer}
        data-conversation
        className={classNames(
          'min-w-0 flex-1 rounded-control px-2 py-1.5 text-control',
          isCurrent ? 'font-semibold text-accent-text' : 'text-ink',
        )}
      >
        <span className="flex items-center gap-2">
          <bdi className="truncate" title={conversation.title}>
            {conversation.title}
          </bdi>
          {writingConversations().has(conversation.id) && (
            <span title="Being answered" className="size-2 shrink-0 rounded-full bg-accent" />
          )}
        </span>
        {excerpt && <span className="block truncate text-meta text-ink-2">{excerpt}</span>}
      </Link>
      <Menu
        align="end"
        trigger={(props) => (
          <button
            {...props}
            type="button"
            aria-label={`More for ${conversation.title}`}
            className="icon-control inline-flex items-center justify-center rounded-control text-ink-3 hover:text-ink"
          >
            <MoreHorizontal aria-hidden size={16} strokeWidth={1.5} />
          </button>
        )}
      >
        <MenuItem onSelect={() => setRenaming(true)}>Rename</MenuItem>
        <MenuItem onSelect={actions.exportMarkdown}>Export as Markdown</MenuItem>
        <MenuItem onSelect={actions.exportJson}>Export as JSON</MenuItem>
        <MenuItem danger onSelect={() => actions.remove(isCurrent)}>
          Delete
        </MenuItem>
      </Menu>
    </li>
  );
}

export function RenameField({
  title,
  onDone,
}: {
  readonly title: string;
  readonly onDone: (title: string | null) => void;
}) {
  const [text, setText] = useState(title);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);
  return (
    <input
      ref={field}
      autoFocus
      aria-label="Name of the chat"
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => onDone(text.trim())}
      onKeyDown={(event) => {
        if (isComposing(event.nativeEvent)) return;
        if (event.key === 'Enter') onDone(text.trim());
        if (event.key === 'Escape') {
          event.stopPropagation();
          onDone(null);
        }
      }}
      className="control-h w-full rounded-control border border-line-strong bg-surface px-2 text-control"
    />
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
