import type { Browser, Page } from 'playwright-core';
import { openPage, startChromium, type OpenPage } from '../support/chromium.js';
import { call, makeKey, startNumbers, type MadeKey, type NumbersInstallation } from '../support/numbers.js';

describe('requests', () => {
  let browser: Browser;
  let installation: NumbersInstallation;
  let key: MadeKey;

  beforeAll(async () => {
    [browser, installation] = await Promise.all([startChromium(), startNumbers()]);
    key = await makeKey(installation, { name: 'Invoice parser', rpm: 60 });
  });

  afterAll(async () => {
    await browser.close();
    await installation.close();
  });

  beforeEach(() => installation.simulator.reset());
  afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));

  function open(path: string): Promise<OpenPage> {
    return openPage(browser, `${installation.gateway.origin}${path}`);
  }

  const rows = (page: Page) => page.getByRole('row').filter({ hasNot: page.getByRole('columnheader') });
  const list = (page: Page) => page.getByRole('grid', { name: 'Requests, newest first' });
  const record = (page: Page) => page.getByRole('complementary', { name: 'Record' });

  it('listens for the first call and shows it without being asked', async () => {
    const { page, complaints } = await open('/requests');
    await page.getByText('Listening for the first call…').waitFor();
    await call(installation, { requestId: 'req_first_call' });
    await rows(page).first().waitFor();
    expect(await rows(page).count()).toBe(1);
    expect(complaints).toEqual([]);
  });

  it('lets new calls in at the top, but waits while a record is open', async () => {
    const { page } = await open('/requests');
    await rows(page).first().waitFor();
    const before = await rows(page).count();
    await call(installation, { model: 'gpt-4o-mini' });
    await rows(page).filter({ hasText: 'gpt-4o-mini' }).first().waitFor();
    expect(await rows(page).count()).toBe(before + 1);

    await rows(page).first().click();
    await record(page).waitFor();
    await call(installation);
    await call(installation);
    await page.getByRole('button', { name: '2 new' }).waitFor();
    await page.getByText('Paused while you look').waitFor();
    expect(await rows(page).count()).toBe(before + 1);

    await page.getByRole('button', { name: '2 new' }).click();
    await page.waitForFunction((count) => document.querySelectorAll('[aria-rowindex]').length === count, before + 3);
  });

  it('shows why a call took long: its tries, route, price and limits', async () => {
    installation.simulator.script('gpt-4o', { status: 429, retryAfter: { ms: 40 } }, { answer: 'Done.' });
    await call(installation, { model: 'fast', key: key.key, requestId: 'req_retried', stream: true });
    const { page } = await open('/requests?id=req_retried');
    const text = record(page);
    await text.getByText('Try 2 openai').waitFor();
    const said = await text.innerText();
    expect(said).toMatch(/Try 1 openai[\s\S]*429[\s\S]*Wait[\s\S]*Try 2 openai[\s\S]*first token/);
    expect(said).toContain('fast = gpt-4o at openai (exact route fast)');
    expect(said).toMatch(/× \$2\.50 input per 1M\s+\+ \d+ × \$10 answer per 1M\s+= \$0\.000\d+/);
    expect(said).toContain('59 of 60 requests left');
    await text.getByText('Headers of the answer').click();
    await text.getByText('X-Gateway-Attempts:').waitFor();
    expect(await page.getByRole('row', { selected: true }).innerText()).toContain('fast → gpt-4o');
  });

  it('gives the call back as a command without the key, and opens its question in the chat', async () => {
    await call(installation, { key: key.key, requestId: 'req_again', text: "It's the same question" });
    const { page } = await open('/requests?id=req_again');
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await record(page).getByRole('button', { name: 'Copy as curl' }).click();
    await record(page).getByText('Copied').waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain(`"content":"It'\\''s the same question"`);
    expect(copied).toContain('$AI_GATEWAY_KEY');
    expect(copied).not.toContain(key.key);

    await record(page).getByRole('button', { name: 'Open in chat' }).click();
    await page.waitForURL(/\/chat\?model=gpt-4o$/);
    await page.getByRole('textbox', { name: 'Message', exact: true }).waitFor();
    expect(await page.getByRole('textbox', { name: 'Message', exact: true }).inputValue()).toBe(
      "It's the same question",
    );
  });

  it('keeps filters in the URL and says which of them keeps the rows away', async () => {
    const { page } = await open('/requests');
    await page.getByRole('button', { name: 'status', exact: true }).click();
    await page.getByRole('option', { name: /failed/ }).click();
    await page.waitForURL(/status=failed/);
    await page.getByText('No request matches. Without the status filter some do.').waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Remove it' }).click();
    await rows(page).first().waitFor();

    await page.getByRole('button', { name: 'model', exact: true }).click();
    await page.getByRole('combobox', { name: 'Search model' }).fill('mini');
    await page.keyboard.press('Enter');
    await page.waitForURL(/model=gpt-4o-mini/);
    await page.waitForFunction(() => document.querySelectorAll('[aria-rowindex]').length === 1);
  });

  it('is used by keyboard alone', async () => {
    const { page } = await open('/requests');
    await rows(page).first().waitFor();
    await list(page).focus();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    await page.keyboard.press('Enter');
    await record(page).waitFor();
    expect(await rows(page).nth(1).getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('Escape');
    await record(page).waitFor({ state: 'detached' });
    await page.keyboard.press('l');
    await page.getByRole('button', { name: 'Paused', exact: true }).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('req_nobody_knows');
    await page.keyboard.press('Enter');
    await page.getByText('There is nothing here, or it is not yours to see.').waitFor();
  });

  it('keeps its rows while the gateway cannot be reached, and goes on when it is back', async () => {
    const { page } = await open('/requests');
    await rows(page).first().waitFor();
    const before = await rows(page).count();
    await page.context().setOffline(true);
    await page.getByText('No connection to the gateway.').first().waitFor();
    expect(await rows(page).count()).toBe(before);
    await page.context().setOffline(false);
    await call(installation, { requestId: 'req_after_the_gap' });
    await page.waitForFunction((count) => document.querySelectorAll('[aria-rowindex]').length === count, before + 1);
  });
});
