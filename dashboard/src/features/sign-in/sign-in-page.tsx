import { Page } from '../../components/page.js';

export function SignInPage() {
  return (
    <Page title="Sign in">
      <p className="text-ink-2">Sign in.</p>
    </Page>
  );
}
