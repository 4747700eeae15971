import { Link } from '@tanstack/react-router';
import { MoreHorizontal } from 'lucide-react';
import { useState } from 'react';
import { Menu, MenuItem } from '../../components/menu.js';
import { useCloseDrawer } from '../../components/rail-slot.js';
import { classNames } from '../../lib/class-names.js';
import { writingConversations } from '../../lib/conversations/live-answers.js';
import type { ConversationHit } from '../../lib/conversations/search-conversations.js';
import { RenameField } from './rename-field.js';
import { useConversationActions } from './use-conversation-actions.js';

/** One chat of the list, with what can be done to it. */
export function ConversationLink({
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
