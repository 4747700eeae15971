import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../components/button.js';
import { Dialog, DialogActions } from '../../components/dialog.js';
import {
  deleteAllConversations,
  getAllMessages,
  listConversations,
} from '../../lib/conversations/conversation-store.js';
import { conversationsQuery, useConversationChanges } from '../../lib/conversations/conversation-queries.js';
import { toJson } from '../../lib/conversations/export-conversation.js';
import { formatBytes, formatCount, plural } from '../../lib/figures.js';
import { saveFile } from '../../lib/save-file.js';
import { Section } from './section.js';

/** Chats live in this browser only: how many, how large, and whether the browser promised to keep them. */
export function ChatsSection() {
  useConversationChanges();
  const { data: conversations, error } = useQuery(conversationsQuery);
  const { data: storage, refetch } = useQuery({ queryKey: ['storage'], queryFn: readStorage, staleTime: 0 });
  const [isAsking, setAsking] = useState(false);
  const count = conversations?.length ?? 0;
  const keep = async () => {
    await navigator.storage?.persist?.();
    await refetch();
  };
  return (
    <Section title="Chats on this device" hint="They are not on any server. Another browser does not see them.">
      {error && <p className="text-control text-warn">This browser keeps no chats: {error.message}</p>}
      <dl className="figures grid grid-cols-[auto_1fr] gap-x-6 gap-y-1 text-control">
        <dt className="text-ink-2">Chats</dt>
        <dd>{formatCount(count)}</dd>
        <dt className="text-ink-2">Room taken</dt>
        <dd>{storage?.bytes === undefined ? 'unknown' : formatBytes(storage.bytes)}</dd>
        <dt className="text-ink-2">Kept by the browser</dt>
        <dd>
          {storage?.isPersisted
            ? 'yes'
            : 'not promised: it may delete them when space is short, Safari after 7 days without a visit'}
        </dd>
      </dl>
      <div className="flex flex-wrap gap-2">
        {storage && !storage.isPersisted && <Button onClick={() => void keep()}>Ask the browser to keep them</Button>}
        <Button disabled={count === 0} onClick={() => void exportAll()}>
          Export
        </Button>
        <Button look="quiet" disabled={count === 0} onClick={() => setAsking(true)}>
          Delete all
        </Button>
      </div>
      <Dialog
        open={isAsking}
        onClose={() => setAsking(false)}
        title={`Delete ${plural(count, 'chat')}?`}
        description="They cannot be brought back. Export them first if you are not sure."
      >
        <DialogActions>
          <Button onClick={() => void exportAll()}>Export</Button>
          <Button
            look="danger"
            onClick={() => {
              setAsking(false);
              void deleteAllConversations();
            }}
          >
            Delete all
          </Button>
        </DialogActions>
      </Dialog>
    </Section>
  );
}

interface BrowserStorage {
  readonly bytes: number | undefined;
  readonly isPersisted: boolean;
}

async function readStorage(): Promise<BrowserStorage> {
  // Plain http on a network has no storage manager.
  const estimate = await navigator.storage?.estimate?.();
  return { bytes: estimate?.usage, isPersisted: (await navigator.storage?.persisted?.()) ?? false };
}

async function exportAll(): Promise<void> {
  const [conversations, messages] = await Promise.all([listConversations(), getAllMessages()]);
  const all = conversations.map((conversation) => ({
    conversation,
    messages: messages.filter(({ conversationId }) => conversationId === conversation.id),
  }));
  saveFile('chats.json', toJson(all), 'application/json');
}
