import type { Browser } from 'playwright-core';
import { accessibilityFaults, openPage, startChromium } from '../support/chromium.js';
import { call, makeKey, scrollsSideways, startNumbers, type NumbersInstallation } from '../support/numbers.js';

/** A page, and what stands on it once it has loaded. */
const PAGES: readonly (readonly [path: string, loaded: string | RegExp])[] = [
  ['/usage', /^Spend over 7 UTC days/],
  ['/usage?metric=speed&range=24h', /^First token over 24 hours/],
  ['/requests', /^Nothing older/],
  ['/requests?id=req_page', 'Headers of the answer'],
  ['/keys', 'Invoice parser'],
  ['/connect', /^Waiting for the first call/],
  ['/models', 'gpt-4o-mini'],
  ['/models?tab=upstreams', /^Health is what was seen/],
  ['/people', 'Nobody has signed in yet.'],
  ['/audit', 'made a key'],
];

describe('pages of numbers', () => {
  let browser: Browser;
  let installation: NumbersInstallation;

  beforeAll(async () => {
    [browser, installation] = await Promise.all([startChromium(), startNumbers()]);
    const { key } = await makeKey(installation, {
      name: 'Invoice parser, whose name is so long that no column can hold it: مفتاح 研究所',
      budgetUsd: 5,
      owner: 'ann@example.com',
    });
    await call(installation, { key, requestId: 'req_page', stream: true, text: 'a-very-long-word-'.repeat(40) });
    await call(installation, { model: 'llama3:8b' });
    await call(installation, { model: 'a-model-with-a-name-that-goes-on-and-on-and-on-2026-11-24-preview' });
  });

  afterAll(async () => {
    await browser.close();
    await installation.close();
  });

  afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));

  const themes = ['light', 'dark'] as const;
  it.each(PAGES.flatMap(([path, loaded]) => themes.map((theme) => ({ path, loaded, theme }))))(
    'have no fault that axe finds, and a quiet console: $path, $theme',
    async ({ path, loaded, theme }) => {
      const { page, complaints, foreignRequests } = await openPage(browser, `${installation.gateway.origin}${path}`, {
        colorScheme: theme,
        reducedMotion: 'reduce',
      });
      await page.getByText(loaded).first().waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(complaints).toEqual([]);
      expect(foreignRequests).toEqual([]);
    },
  );

  it.each(PAGES)('never scroll sideways on a phone or at 200 %%: %s', async (path, loaded) => {
    for (const viewport of [
      { width: 360, height: 740 },
      { width: 720, height: 450 },
    ]) {
      const { page } = await openPage(browser, `${installation.gateway.origin}${path}`, { viewport });
      await page.getByText(loaded).first().waitFor({ state: 'attached' });
      expect(await scrollsSideways(page)).toBe(false);
    }
  });
});

describe('pages of numbers for others than administrators', () => {
  let browser: Browser;
  let installation: NumbersInstallation;

  beforeAll(async () => {
    [browser, installation] = await Promise.all([
      startChromium(),
      startNumbers({ AI_GATEWAY_ADMIN_KEY: 'an-admin-key-of-thirty-two-bytes!' }),
    ]);
  });

  afterAll(async () => {
    await browser.close();
    await installation.close();
  });

  it('lead visitors to the sign-in page, show their own rows to keys, and hide what is not theirs', async () => {
    const { page } = await openPage(browser, `${installation.gateway.origin}/usage`);
    await page.getByText('Sign in with a key to see your calls.').waitFor();
    expect(await page.getByRole('link', { name: 'People' }).count()).toBe(0);
    await page.goto(`${installation.gateway.origin}/audit`);
    await page.getByText('There is nothing here, or it is not yours to see.').waitFor();

    await call(installation, { key: 'sk-of-somebody-else-1111' });
    await call(installation, { key: 'sk-my-own-provider-key-2222', requestId: 'req_mine' });
    await page.goto(`${installation.gateway.origin}/usage`);
    await page.getByRole('link', { name: 'Sign in', exact: true }).click();
    await page.getByLabel('Key', { exact: true }).fill('sk-my-own-provider-key-2222');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('row', { name: /^Total 1 / }).waitFor();
    await page.getByRole('link', { name: 'Requests', exact: true }).click();
    await page
      .getByRole('grid')
      .getByRole('row', { name: /gpt-4o/ })
      .waitFor();
    expect(await page.locator('[aria-rowindex]').count()).toBe(1);
  });
});
