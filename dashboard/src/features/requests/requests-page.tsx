import { Page } from '../../components/page.js';

export function RequestsPage() {
  return (
    <Page title="Requests">
      <p className="text-ink-2">No calls yet.</p>
    </Page>
  );
}
