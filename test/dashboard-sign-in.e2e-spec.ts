import type { Browser, Page } from 'playwright-core';
import { openPage, startChromium } from './support/chromium.js';
import { startGateway, type RunningGateway } from './support/start-gateway.js';
import { startIdentityProvider, type IdentityProvider } from './support/start-identity-provider.js';
import { startSimulator, type Simulator } from './support/start-simulator.js';

const ADMIN_KEY = 'an-admin-key-of-more-than-32-characters';

describe('sign-in in a real browser', () => {
  let browser: Browser;
  let provider: IdentityProvider;
  let simulator: Simulator;
  let gateway: RunningGateway;

  beforeAll(async () => {
    [browser, provider, simulator] = await Promise.all([startChromium(), startIdentityProvider(), startSimulator()]);
    gateway = await startGateway({
      ...provider.env,
      AI_GATEWAY_UPSTREAMS: `house=${simulator.url}`,
      AI_GATEWAY_ACCESS: 'keys',
      AI_GATEWAY_ADMIN_KEY: ADMIN_KEY,
      AI_GATEWAY_ALLOWED_DOMAINS: 'example.com',
      AI_GATEWAY_RETRY_ATTEMPTS: '0',
    });
  });

  afterAll(async () => {
    await browser.close();
    await gateway.close();
    await Promise.all([provider.close(), simulator.close()]);
  });

  beforeEach(() => simulator.reset());
  afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));

  const open = (path = '/') => openPage(browser, `${gateway.origin}${path}`);

  it('leads to the sign-in page and back to where the reader was going', async () => {
    const { page } = await open('/settings');
    await page.waitForURL(/\/sign-in\?next=%2Fsettings$/);
    await page.getByText('Only @example.com').waitFor();
    await page.getByRole('link', { name: 'Continue with Google' }).click();
    await page.waitForURL(`${gateway.origin}/settings`);
    await page.getByRole('button', { name: 'Ann' }).waitFor();
  });

  it('saves a provider’s key with the account, tests it and chats with it', async () => {
    simulator.script('gpt-4o', { answer: 'With the saved key.' });
    const { page } = await open('/settings');
    await page.getByRole('link', { name: 'Continue with Google' }).click();
    await page.getByRole('button', { name: 'Save a key' }).click();
    await page.getByRole('combobox', { name: 'Provider' }).fill('house');
    await page.getByLabel('Key', { exact: true }).fill('sk-saved-secret-6789');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('●●●●6789').waitFor();
    await page.getByRole('button', { name: 'Test', exact: true }).click();
    await page.getByRole('status').filter({ hasText: /model/ }).waitFor();
    await page.goto(`${gateway.origin}/chat?model=house%2Fgpt-4o`);
    await page.getByText('saved with your account').waitFor();
    await ask(page, 'Which key?');
    await page.getByRole('article', { name: 'Answer' }).getByText('With the saved key.').waitFor();
    const call = await simulator.waitFor(({ path }) => path === '/v1/chat/completions');
    expect(call.headers.authorization).toBe('Bearer sk-saved-secret-6789');
  });

  it('says who may enter when the address is of another company', async () => {
    provider.account = { sub: '9', email: 'eve@elsewhere.example', email_verified: true };
    const { page } = await open('/sign-in');
    await page.getByRole('link', { name: 'Continue with Google' }).click();
    await page.getByText('Only @example.com addresses may enter; you chose another.').waitFor();
    await page.getByRole('link', { name: 'Choose another account' }).waitFor();
  });

  it('signs in with a key of the gateway for this tab, and out again', async () => {
    const key = await issueKey();
    const { page } = await open('/chat');
    await signInWith(page, key);
    await page.waitForURL(/\/chat$/);
    await ask(page, 'Hello');
    await page
      .getByRole('article', { name: 'Answer' })
      .getByRole('button', { name: 'Regenerate', exact: true })
      .waitFor();
    await page.reload();
    await page.getByRole('textbox', { name: 'Message', exact: true }).waitFor();
    await page.getByRole('button', { name: 'tests' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.waitForURL(/\/sign-in/);
    expect(await page.evaluate<string>('JSON.stringify(sessionStorage) + JSON.stringify(localStorage)')).not.toContain(
      key,
    );
  });

  it('keeps the admin key in memory only', async () => {
    const { page } = await open('/usage');
    await signInWith(page, ADMIN_KEY);
    await page.getByRole('link', { name: 'People' }).waitFor();
    expect(await page.evaluate<string>('JSON.stringify(sessionStorage) + JSON.stringify(localStorage)')).not.toContain(
      ADMIN_KEY,
    );
    await page.reload();
    await page.waitForURL(/\/sign-in/);
  });

  it('leads to the sign-in page when the key of the tab has ended, and says why', async () => {
    const key = await issueKey();
    const { page } = await open('/chat');
    await signInWith(page, key);
    await page.waitForURL(/\/chat$/);
    const headers = { authorization: `Bearer ${ADMIN_KEY}` };
    const rows = (await (await fetch(`${gateway.origin}/api/keys`, { headers })).json()) as { data: { id: string }[] };
    await Promise.all(
      rows.data.map(({ id }) => fetch(`${gateway.origin}/api/keys/${id}`, { method: 'DELETE', headers })),
    );
    await page.reload();
    await page.getByText('The key of this tab is not valid any more.', { exact: false }).waitFor();
    expect(new URL(page.url()).searchParams.get('next')).toBe('/chat');
  });

  it('refuses a key that nobody has', async () => {
    const { page } = await open('/sign-in');
    await signInWith(page, 'gw-nobody-has-this-key');
    await page.getByText('The gateway does not know this key.').first().waitFor();
  });

  async function issueKey(): Promise<string> {
    const answer = await fetch(`${gateway.origin}/api/keys`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ADMIN_KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'tests' }),
    });
    return ((await answer.json()) as { key: string }).key;
  }
});

async function signInWith(page: Page, key: string): Promise<void> {
  await page.getByLabel('Key', { exact: true }).fill(key);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

async function ask(page: Page, question: string): Promise<void> {
  const composer = page.getByRole('textbox', { name: 'Message', exact: true });
  await composer.fill(question);
  await composer.press('Enter');
}
