import { Page } from '../../components/page.js';

export function ChatPage() {
  return (
    <Page title="Chat">
      <p className="text-ink-2">Chat.</p>
    </Page>
  );
}
