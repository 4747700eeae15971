import { Page } from '../../components/page.js';

export function PeoplePage() {
  return (
    <Page title="People">
      <p className="text-ink-2">Nobody has signed in yet.</p>
    </Page>
  );
}
