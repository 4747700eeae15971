import { Dialog } from '../../components/dialog.js';
import type { ChatSettings, Message } from '../../lib/conversations/conversation.js';
import { ChatSettingsPanel } from './chat-settings-panel.js';

interface SettingsSheetProps {
  readonly settings: ChatSettings;
  readonly onChange: (change: Partial<ChatSettings>) => void;
  readonly messages: readonly Message[];
  readonly onClose: () => void;
}

/** The chat's settings over the page, where there is no room for a column. */
export function SettingsSheet({ onClose, ...panel }: SettingsSheetProps) {
  return (
    <Dialog open onClose={onClose} title="Chat settings" shape="sheet">
      <ChatSettingsPanel {...panel} />
    </Dialog>
  );
}
