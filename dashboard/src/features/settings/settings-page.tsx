import { Page } from '../../components/page.js';
import { useMe } from '../../lib/me.js';
import { AccountSection } from './account-section.js';
import { ChatsSection } from './chats-section.js';
import { LooksSection } from './looks-section.js';
import { SavedKeys } from './saved-keys.js';
import { TabKey } from './tab-key.js';

export function SettingsPage() {
  const me = useMe();
  return (
    <Page title="Settings">
      <div className="flex max-w-180 flex-col gap-6">
        <LooksSection />
        {me.kind === 'person' ? <SavedKeys /> : <TabKey />}
        <ChatsSection />
        {me.kind === 'person' && <AccountSection />}
      </div>
    </Page>
  );
}
