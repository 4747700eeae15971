import { Page } from '../../components/page.js';

export function SettingsPage() {
  return (
    <Page title="Settings">
      <p className="text-ink-2">Settings.</p>
    </Page>
  );
}
