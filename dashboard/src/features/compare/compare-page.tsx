import { Page } from '../../components/page.js';

export function ComparePage() {
  return (
    <Page title="Compare">
      <p className="text-ink-2">Compare.</p>
    </Page>
  );
}
