import { Browser, type Visit } from './browser.js';
import { ACCOUNT_COOKIE, type Account, type IdentityProvider } from './start-identity-provider.js';

/** Signs somebody in as a person does, and hands over their browser. */
export async function signIn(origin: string, provider: IdentityProvider, account: Account): Promise<Browser> {
  const browser = new Browser();
  await visitSignIn(browser, origin, provider, account);
  return browser;
}

/** The whole dance in this browser: the gateway, the identity provider, and back. */
export function visitSignIn(
  browser: Browser,
  origin: string,
  provider: IdentityProvider,
  account: Account,
  query = '',
): Promise<Visit> {
  browser.plant(ACCOUNT_COOKIE, encodeURIComponent(JSON.stringify(account)), new URL(provider.origin).hostname);
  return browser.visit(`${origin}/auth/google${query}`);
}

/** What `/api/me` says. */
export async function whoAmI(browser: Browser, origin: string): Promise<Record<string, unknown>> {
  return JSON.parse((await browser.fetch(origin, '/api/me')).text) as Record<string, unknown>;
}
