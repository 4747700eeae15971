import { Page } from '../../components/page.js';

export function UsagePage() {
  return (
    <Page title="Usage">
      <p className="text-ink-2">No calls yet.</p>
    </Page>
  );
}
