import { Page } from '../../components/page.js';

export function KeysPage() {
  return (
    <Page title="Keys">
      <p className="text-ink-2">No keys yet.</p>
    </Page>
  );
}
