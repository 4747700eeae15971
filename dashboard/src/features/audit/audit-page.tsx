import { Page } from '../../components/page.js';

export function AuditPage() {
  return (
    <Page title="Audit">
      <p className="text-ink-2">Nothing was changed yet.</p>
    </Page>
  );
}
