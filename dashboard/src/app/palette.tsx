import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Dialog } from '../components/dialog.js';
import { conversationsQuery } from '../lib/conversations/conversation-queries.js';
import { getAllMessages } from '../lib/conversations/conversation-store.js';
import { searchConversations } from '../lib/conversations/search-conversations.js';
import { maySee, useMe } from '../lib/me.js';
import { isComposing } from '../lib/typing.js';
import { navGroups } from './nav-items.js';

interface Hit {
  readonly id: string;
  readonly label: string;
  readonly kind: string;
  readonly open: () => void;
}

/** Find all: pages, chats, request ids. */
export function Palette({ onClose }: { readonly onClose: () => void }) {
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const hits = useHits(text.trim());
  const active = Math.min(chosen, Math.max(0, hits.length - 1));
  const open = (hit: Hit | undefined) => {
    if (!hit) return;
    onClose();
    hit.open();
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (isComposing(event.nativeEvent)) return;
    if (event.key === 'ArrowDown') setChosen(Math.min(active + 1, hits.length - 1));
    else if (event.key === 'ArrowUp') setChosen(Math.max(active - 1, 0));
    else if (event.key === 'Enter') open(hits[active]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog open onClose={onClose} title="Find">
      <input
        autoFocus
        role="combobox"
        aria-label="Page, chat or request id"
        aria-expanded
        aria-controls="palette-hits"
        aria-activedescendant={hits[active] ? `hit-${active}` : undefined}
        placeholder="Page, chat or request id"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setChosen(0);
        }}
        onKeyDown={onKeyDown}
        className="control-h w-full rounded-control border border-line-strong bg-surface px-3"
      />
      <ul id="palette-hits" role="listbox" aria-label="Found" className="mt-3 flex flex-col">
        {hits.map((hit, index) => (
          <li
            key={hit.id}
            id={`hit-${index}`}
            role="option"
            aria-selected={index === active}
            onClick={() => open(hit)}
            onMouseMove={() => setChosen(index)}
            className="control-h flex cursor-pointer items-center justify-between gap-3 rounded-control px-2 aria-selected:bg-hover"
          >
            <span className="truncate">{hit.label}</span>
            <span className="shrink-0 text-meta text-ink-3">{hit.kind}</span>
          </li>
        ))}
      </ul>
      {hits.length === 0 && <p className="px-2 text-ink-2">Nothing is called that.</p>}
    </Dialog>
  );
}

const MOST_CHATS = 20;

function useHits(text: string): readonly Hit[] {
  const me = useMe();
  const navigate = useNavigate();
  const { data: conversations = [] } = useQuery(conversationsQuery);
  const { data: messages = [] } = useQuery({ queryKey: ['conversations', 'messages'], queryFn: getAllMessages });
  const wanted = text.toLowerCase();
  const pages = navGroups
    .flat()
    .filter((item) => maySee(me, item.page) && item.label.toLowerCase().includes(wanted))
    .map((item): Hit => ({
      id: item.page,
      label: item.label,
      kind: 'Page',
      open: () => void navigate({ to: item.to }),
    }));
  const chats = searchConversations(text, conversations, messages)
    .slice(0, MOST_CHATS)
    .map(({ conversation, excerpt }): Hit => ({
      id: conversation.id,
      label: excerpt ? `${conversation.title}: ${excerpt}` : conversation.title,
      kind: 'Chat',
      open: () => void navigate({ to: '/chat/{-$id}', params: { id: conversation.id }, search: {} }),
    }));
  return [...recordHit(text, (id) => void navigate({ to: '/requests', search: { id } })), ...pages, ...chats];
}

/** Anything that could be a request id: the record's page says when there is none. */
function recordHit(text: string, open: (id: string) => void): readonly Hit[] {
  if (!/^[\w.:-]{6,128}$/.test(text) || !/\d/.test(text)) return [];
  return [{ id: 'record', label: text, kind: 'Open the record', open: () => open(text) }];
}
