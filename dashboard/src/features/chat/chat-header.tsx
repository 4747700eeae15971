import { Link } from '@tanstack/react-router';
import { MoreHorizontal, Pencil, SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from '../../components/icon-button.js';
import { NavigationButton } from '../../components/rail-slot.js';
import { Menu, MenuItem } from '../../components/menu.js';
import { formatContext } from '../../lib/figures.js';
import type { Conversation } from '../../lib/conversations/conversation.js';
import { RenameField } from './rename-field.js';
import { useConversationActions } from './use-conversation-actions.js';

interface ChatHeaderProps {
  readonly conversation: Conversation | undefined;
  readonly model: string;
  readonly usedTokens: number;
  readonly contextWindow: number | null;
  readonly onToggleSettings: () => void;
  readonly isSettingsOpen: boolean;
}

export function ChatHeader({
  conversation,
  model,
  usedTokens,
  contextWindow,
  onToggleSettings,
  isSettingsOpen,
}: ChatHeaderProps) {
  const context =
    usedTokens > 0
      ? `≈ ${formatContext(usedTokens)}${contextWindow === null ? ' tokens of' : ` of ${formatContext(contextWindow)}`} context`
      : null;
  return (
    <header className="flex h-12 shrink-0 items-center gap-2 border-b border-line px-4 max-md:px-2">
      <NavigationButton />
      <div className="flex min-w-0 flex-1 items-center gap-1">
        {conversation ? (
          <Title conversation={conversation} />
        ) : (
          <h1 className="truncate px-1 text-control">New chat</h1>
        )}
      </div>
      {context && <span className="figures hidden shrink-0 text-meta text-ink-2 sm:inline">{context}</span>}
      <button
        type="button"
        onClick={onToggleSettings}
        aria-label={`Model: ${model}`}
        className="control-h max-w-28 truncate rounded-control px-1 text-meta text-ink-2 hover:bg-hover md:hidden"
      >
        {model}
      </button>
      {conversation && <HeaderMenu conversation={conversation} />}
      <IconButton
        label="Chat settings"
        keys="Ctrl ."
        aria-expanded={isSettingsOpen}
        icon={<SlidersHorizontal aria-hidden size={16} strokeWidth={1.5} />}
        onClick={onToggleSettings}
      />
    </header>
  );
}

function Title({ conversation }: { readonly conversation: Conversation }) {
  const { rename } = useConversationActions(conversation);
  const [isRenaming, setRenaming] = useState(false);
  if (isRenaming) {
    return (
      <RenameField
        title={conversation.title}
        onDone={(title) => {
          setRenaming(false);
          if (title) rename(title);
        }}
      />
    );
  }
  const from = conversation.branchedFrom;
  return (
    <>
      <h1 className="min-w-0 truncate px-1 text-control" title={conversation.title}>
        <bdi>{conversation.title}</bdi>
      </h1>
      <IconButton
        label="Rename"
        className="max-md:hidden"
        icon={<Pencil aria-hidden size={16} strokeWidth={1.5} />}
        onClick={() => setRenaming(true)}
      />
      {from && (
        <Link
          to="/chat/{-$id}"
          params={{ id: from.conversationId }}
          className="hidden min-w-0 truncate text-meta text-accent-text underline underline-offset-2 lg:inline"
        >
          from “{from.title}”
        </Link>
      )}
    </>
  );
}

function HeaderMenu({ conversation }: { readonly conversation: Conversation }) {
  const actions = useConversationActions(conversation);
  return (
    <Menu
      align="end"
      trigger={(props) => (
        <button
          {...props}
          type="button"
          aria-label="More"
          data-tip="More"
          className="icon-control inline-flex items-center justify-center rounded-control text-ink-2 hover:bg-hover hover:text-ink"
        >
          <MoreHorizontal aria-hidden size={16} strokeWidth={1.5} />
        </button>
      )}
    >
      <MenuItem onSelect={actions.exportMarkdown}>Export as Markdown</MenuItem>
      <MenuItem onSelect={actions.exportJson}>Export as JSON</MenuItem>
      <MenuItem danger onSelect={() => actions.remove(true)}>
        Delete this chat
      </MenuItem>
    </Menu>
  );
}
