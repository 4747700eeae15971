import { Page } from '../../components/page.js';

export function ModelsPage() {
  return (
    <Page title="Models">
      <p className="text-ink-2">No models yet.</p>
    </Page>
  );
}
