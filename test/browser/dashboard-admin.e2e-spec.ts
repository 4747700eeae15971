import { DataSource } from 'typeorm';
import type { Browser, Page } from 'playwright-core';
import { UserEntity } from '../../src/storage/entities/user.entity.js';
import { get } from '../support/clients.js';
import { openPage, startChromium } from '../support/chromium.js';
import { call, makeKey, startNumbers, type MadeKey, type NumbersInstallation } from '../support/numbers.js';

describe('administration', () => {
  let browser: Browser;
  let installation: NumbersInstallation;
  let key: MadeKey;

  beforeAll(async () => {
    [browser, installation] = await Promise.all([startChromium(), startNumbers()]);
    await installation.gateway.gateway.app.get(DataSource).getRepository(UserEntity).insert({
      id: 'usr_ann',
      issuer: 'https://accounts.example.com',
      subject: 'ann',
      email: 'ann@example.com',
      name: 'Ann Example',
      budgetNanoUsd: null,
      budgetPeriod: null,
      createdAt: Date.now(),
      lastSeenAt: Date.now(),
      disabledAt: null,
    });
    key = await makeKey(installation, { name: 'Ann, scripts', owner: 'ann@example.com' });
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

  it('leads from "unpriced" to a price, and counts past calls at it', async () => {
    await call(installation, { model: 'llama3:8b' });
    await call(installation, { model: 'llama3:8b' });
    const page = await open('/usage');
    await page.getByRole('link', { name: '2 unpriced: set a price' }).first().click();
    await page.getByRole('button', { name: 'Set the price of llama3:8b' }).click();
    const dialog = page.getByRole('dialog', { name: 'Set price' });
    await dialog.getByText('2 calls in 30 days have no price').waitFor();
    await dialog.getByLabel('Input, USD per 1M tokens').fill('a little');
    await dialog.getByRole('button', { name: 'Set price' }).click();
    await dialog.getByText('An amount in USD, like 2.50 or 0.').waitFor();
    await dialog.getByLabel('Input, USD per 1M tokens').fill('1');
    await dialog.getByLabel('Output, USD per 1M tokens').fill('2,5');
    await dialog.getByRole('button', { name: 'Set price' }).click();
    await page.getByText(/^The price is set; 2 past calls cost \$0\.\d+\.$/).waitFor();
    const { total } = (await get(`${installation.gateway.origin}/api/costs?groupBy=model`)).json<{
      total: { unpricedRequests: number; costUsd: number };
    }>();
    expect(total.unpricedRequests).toBe(0);
    expect(total.costUsd).toBeGreaterThan(0);

    await page.getByRole('link', { name: 'Models', exact: true }).click();
    const row = page.getByRole('row', { name: /llama3:8b/ });
    expect((await row.innerText()).replaceAll(/\s+/g, ' ')).toMatch(/llama3:8b openai . 1\.00 . 2\.50 this gateway/);
    await row.getByRole('button', { name: 'Set the price of llama3:8b' }).click();
    await page.getByRole('button', { name: 'Remove this price' }).click();
    await row.getByText('unpriced').waitFor();
  });

  it('gives people budgets, and switching them off ends their keys', async () => {
    expect(await call(installation, { key: key.key })).toBe(200);
    const page = await open('/people');
    await page.getByRole('link', { name: 'Ann Example' }).click();
    const sheet = page.getByRole('dialog', { name: 'Ann Example' });
    await sheet.getByLabel('Budget, USD').fill('0');
    await sheet.getByLabel('Per').selectOption('day');
    await sheet.getByRole('button', { name: 'Save' }).click();
    await sheet.getByText('Saved: it holds from the next call on.').waitFor();
    expect(await call(installation, { key: key.key })).toBe(429);
    await sheet.getByLabel('Budget, USD').fill('');
    await sheet.getByRole('button', { name: 'Save' }).click();
    await sheet.getByText('none', { exact: true }).waitFor();
    expect(await call(installation, { key: key.key })).toBe(200);

    await sheet.getByRole('button', { name: 'Switch off' }).click();
    await sheet.getByRole('button', { name: 'Switch on' }).waitFor();
    expect(await call(installation, { key: key.key })).toBe(401);
    await sheet.getByRole('button', { name: 'Switch on' }).click();
    await sheet.getByRole('button', { name: 'Switch off' }).waitFor();
  });

  it('tells who did what to what, with filters in the URL', async () => {
    const page = await open('/audit');
    const row = page.getByRole('row', { name: /made a key/ });
    await row.waitFor();
    expect(await row.innerText()).toContain('name: Ann, scripts');
    await page.getByRole('button', { name: 'did what', exact: true }).click();
    await page.getByRole('option', { name: 'set a price' }).click();
    await page.waitForURL(/action=price\.set/);
    await page.getByRole('row', { name: /set a price.*llama3:8b.*input: 1/ }).waitFor();
    expect(await page.getByRole('row', { name: /made a key/ }).count()).toBe(0);
    await page.getByRole('button', { name: 'Remove the did what filter' }).click();
    await row.getByRole('link').click();
    await page.getByRole('dialog', { name: 'Ann, scripts' }).waitFor();
  });

  it('shows upstreams with their health, and how to add more', async () => {
    installation.simulator.script('gpt-4o', { status: 500, times: 30 });
    for (let round = 0; round < 6; round += 1) await call(installation);
    const page = await open('/models?tab=upstreams');
    const row = page.getByRole('row', { name: /^openai/ });
    await row.getByText('failing').waitFor();
    expect(await row.innerText()).toContain('AI_GATEWAY_API_KEY');
    expect(await page.content()).not.toContain('sk-upstream');
  });
});
