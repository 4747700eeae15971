import OpenAI from 'openai';
import type { Browser, Page } from 'playwright-core';
import { get } from '../support/clients.js';
import { openPage, startChromium } from '../support/chromium.js';
import { call, makeKey, startNumbers, type NumbersInstallation } from '../support/numbers.js';

describe('keys', () => {
  let browser: Browser;
  let installation: NumbersInstallation;

  beforeAll(async () => {
    [browser, installation] = await Promise.all([startChromium(), startNumbers()]);
  });

  afterAll(async () => {
    await browser.close();
    await installation.close();
  });

  afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));

  async function open(path: string): Promise<Page> {
    const { page } = await openPage(browser, `${installation.gateway.origin}${path}`);
    return page;
  }

  const dialog = (page: Page, name: string | RegExp) => page.getByRole('dialog', { name });
  const rowOf = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name });

  it('are made with a name and a budget, shown once, and work in the SDK', async () => {
    const page = await open('/keys');
    await page.getByText('A key lets a program or a team call within a budget.').waitFor();
    await page.getByRole('button', { name: 'New key' }).first().click();
    await dialog(page, 'New key').getByLabel('Name').fill('Shop');
    await dialog(page, 'New key').getByLabel('Budget, USD').fill('five');
    await dialog(page, 'New key').getByRole('button', { name: 'Make the key' }).click();
    await dialog(page, 'New key').getByText('An amount in USD, like 5 or 0.50.').waitFor();
    await dialog(page, 'New key').getByLabel('Budget, USD').fill('5');
    await dialog(page, 'New key').getByLabel('Per').selectOption('day');
    await dialog(page, 'New key').getByRole('button', { name: 'Make the key' }).click();

    const shown = dialog(page, 'The key of Shop');
    const key = await shown.getByLabel('The key', { exact: true }).innerText();
    expect(key).toMatch(/^gw-/);
    expect(await shown.getByRole('region', { name: 'Snippet for curl' }).innerText()).toContain(key);
    await page.keyboard.press('Escape');
    await page.mouse.click(5, 5);
    expect(await shown.isVisible()).toBe(true);

    const sdk = new OpenAI({ baseURL: installation.gateway.url, apiKey: key });
    const answer = await sdk.chat.completions.create({ model: 'gpt-4o', messages: [{ role: 'user', content: 'Hi' }] });
    expect(answer.choices[0]?.message.content).toBeTruthy();

    await shown.getByRole('button', { name: 'I have stored it' }).click();
    await shown.waitFor({ state: 'detached' });
    await page.reload();
    const row = await rowOf(page, 'Shop').innerText();
    expect(row).toContain(`gw-…${key.slice(-4)}`);
    expect(row).toMatch(/\$0\.\d+ of \$5\s+a day, resets 00:00 UTC/);
    expect(await page.content()).not.toContain(key);
  });

  it('say of a spent budget what the refusal says', async () => {
    const { id, key } = await makeKey(installation, { name: 'Spent', budgetUsd: 0.0000001, budgetPeriod: 'day' });
    await call(installation, { key });
    const refusal = await fetch(`${installation.gateway.url}/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify({ model: 'gpt-4o', messages: [{ role: 'user', content: 'Hi' }] }),
    });
    expect(refusal.status).toBe(429);
    const { error } = (await refusal.json()) as { error: { spentUsd: number; limitUsd: number; resetsAt: string } };
    const stored = (await get(`${installation.gateway.origin}/api/keys/${id}`)).json<{
      spentUsd: number;
      resetsAt: string;
    }>();
    expect([stored.spentUsd, stored.resetsAt]).toEqual([error.spentUsd, error.resetsAt]);
    const page = await open('/keys');
    await rowOf(page, 'Spent').waitFor();
    const row = await rowOf(page, 'Spent').innerText();
    expect(row).toMatch(/\$0\.\d+ of \$0\.00000010 over/);
    expect(row).toContain('a day, resets 00:00 UTC');
  });

  it('are changed, switched off and rotated; each holds at the next call', async () => {
    const { key } = await makeKey(installation, { name: 'Changing', models: ['gpt-4o'] });
    const page = await open('/keys');
    await page.getByRole('link', { name: 'Changing' }).click();
    const sheet = dialog(page, 'Changing');
    expect(await call(installation, { key, model: 'gpt-4o-mini' })).toBe(403);
    await sheet.getByLabel('Models').fill('gpt-4o*');
    await sheet.getByRole('button', { name: 'Save' }).click();
    await sheet.getByText('Saved: it holds from the next call on.').waitFor();
    expect(await call(installation, { key, model: 'gpt-4o-mini' })).toBe(200);

    await sheet.getByRole('button', { name: 'Switch off' }).click();
    await sheet.getByRole('button', { name: 'Switch on' }).waitFor();
    expect(await call(installation, { key })).toBe(401);
    await sheet.getByRole('button', { name: 'Switch on' }).click();
    await sheet.getByRole('button', { name: 'Switch off' }).waitFor();

    await sheet.getByRole('button', { name: 'Rotate…' }).click();
    await dialog(page, 'Rotate the key').getByLabel('The old key').selectOption({ label: 'ends at once' });
    await dialog(page, 'Rotate the key').getByRole('button', { name: 'Rotate' }).click();
    const fresh = await dialog(page, 'The key of Changing').getByLabel('The key', { exact: true }).innerText();
    expect(await call(installation, { key })).toBe(401);
    expect(await call(installation, { key: fresh })).toBe(200);
  });

  it('are off at once when deleted, and back when that is undone', async () => {
    const { id, key } = await makeKey(installation, { name: 'Deleted' });
    const page = await open(`/keys/${id}`);
    await dialog(page, 'Deleted').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('Deleted is off and will be deleted.').waitFor();
    await rowOf(page, 'Deleted').waitFor({ state: 'detached' });
    expect(await call(installation, { key })).toBe(401);
    await page.getByRole('button', { name: 'Undo' }).click();
    await rowOf(page, 'Deleted').waitFor();
    expect(await call(installation, { key })).toBe(200);
  });

  it('are gone ten seconds after they were deleted', async () => {
    const { id } = await makeKey(installation, { name: 'Gone' });
    const page = await open(`/keys/${id}`);
    await page.clock.install();
    await dialog(page, 'Gone').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('Gone is off and will be deleted.').waitFor();
    const deleted = page.waitForRequest((request) => request.method() === 'DELETE');
    await page.clock.fastForward(11_000);
    await (await (await deleted).response())?.finished();
    expect((await get(`${installation.gateway.origin}/api/keys/${id}`)).status).toBe(404);
  });
});
