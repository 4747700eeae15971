import { Page } from '../../components/page.js';

export function ConnectPage() {
  return (
    <Page title="Connect">
      <p className="text-ink-2">Connect a program.</p>
    </Page>
  );
}
