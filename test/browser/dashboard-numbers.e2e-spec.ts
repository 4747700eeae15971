import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { get } from '../support/clients.js';
import { openPage, startChromium } from '../support/chromium.js';
import { call, makeKey, startNumbers, type NumbersInstallation } from '../support/numbers.js';

interface Sums {
  readonly requests: number;
  readonly costUsd: number;
  readonly unpricedRequests: number;
  readonly inputTokens: number;
}

describe('usage', () => {
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

  async function total(): Promise<Sums> {
    const answer = await get(`${installation.gateway.origin}/api/costs?groupBy=model`);
    return answer.json<{ total: Sums }>().total;
  }

  it('leads to a program while there are no calls', async () => {
    const page = await open('/usage');
    await page.getByText('No calls yet.').waitFor();
    await page.getByRole('main').getByRole('link', { name: 'Connect a program' }).click();
    await page.getByRole('heading', { name: 'Connect a program' }).waitFor();
  });

  describe('with calls', () => {
    beforeAll(async () => {
      const key = await makeKey(installation, { name: 'Search' });
      for (let round = 0; round < 3; round += 1) await call(installation, { key: key.key });
      await call(installation, { model: 'gpt-4o-mini', stream: true });
      await call(installation, { model: 'llama3:8b' });
      installation.simulator.script('gpt-4o', { status: 400, error: { message: 'no' } });
      await call(installation, { key: key.key });
    });

    it('shows the same sums in cards, table and export, the unpriced apart', async () => {
      const sums = await total();
      const page = await open('/usage');
      const cell = (name: string) => page.getByRole('row', { name: /^Total/ }).getByTitle(name, { exact: true });
      await cell(`USD ${plain(sums.costUsd)}`).waitFor();
      await page
        .locator('dl')
        .getByTitle(`USD ${plain(sums.costUsd)}`)
        .waitFor();
      expect(await page.locator('dl').innerText()).toContain('1 unpriced');
      expect(await page.getByRole('row', { name: /llama3:8b/ }).innerText()).toContain('1 unpriced');

      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Export CSV' }).click(),
      ]);
      const [head = '', ...lines] = (await readFile(await download.path(), 'utf8')).trim().split('\r\n');
      const column = (name: string) => lines.map((line) => line.split(',')[head.split(',').indexOf(name)] ?? '');
      const sum = (name: string) => column(name).reduce((all, value) => all + Number(value), 0);
      expect(sum('requests')).toBe(sums.requests);
      expect(sum('input_tokens')).toBe(sums.inputTokens);
      expect(sum('cost_usd')).toBeCloseTo(sums.costUsd, 9);
      expect(column('cost_usd')[column('model').indexOf('llama3:8b')]).toBe('');
      expect(download.suggestedFilename()).toMatch(/^usage-\d{4}-\d\d-\d\d-by-model\.csv$/);
    });

    it('reads the chart by arrow keys and opens the calls of a point', async () => {
      const page = await open('/usage');
      const chart = page.getByRole('slider');
      await chart.focus();
      await page.keyboard.press('ArrowRight');
      expect(await chart.getAttribute('aria-valuetext')).toMatch(/, so far: \$0\.\d+; gpt-4o \$/);
      await page.keyboard.press('ArrowLeft');
      expect(await chart.getAttribute('aria-valuetext')).toMatch(/: \$0$/);
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/requests\?from=.*&to=/);
      await page.getByRole('row', { name: /llama3:8b/ }).waitFor();
    });

    it('opens the calls of a group, and of a column that is clicked', async () => {
      const page = await open('/usage');
      await page.getByRole('link', { name: 'gpt-4o-mini' }).click();
      await page.waitForURL(/\/requests\?model=gpt-4o-mini&from=/);
      await page
        .getByRole('grid')
        .getByRole('row', { name: /gpt-4o-mini/ })
        .waitFor();
      expect(await page.getByRole('row').count()).toBe(2);

      await page.goBack();
      const plot = page.locator('.u-over');
      await plot.waitFor();
      const box = await plot.boundingBox();
      if (!box) throw new Error('no plot');
      await page.mouse.click(box.x + box.width * (6.5 / 7), box.y + box.height - 2);
      await page.waitForURL(/\/requests\?model=gpt-4o&from=/);
    });

    it('keeps what was chosen in the URL', async () => {
      const page = await open('/usage?range=30d&by=key&metric=requests');
      expect(await page.getByRole('radio', { name: '30 d' }).isChecked()).toBe(true);
      await page.getByText(/^Requests over 30 UTC days: 6 requests/).waitFor();
      await page.getByRole('radio', { name: 'Errors' }).check();
      await page.waitForURL(/metric=errors/);
      await page.getByRole('button', { name: 'View as table' }).click();
      await page.getByRole('region', { name: 'Errors over time' }).getByText('(1 of 6)').waitFor();
      await page.reload();
      await page.getByText(/^Errors over 30 UTC days: 16\.7 %/).waitFor();
      await page
        .getByRole('region', { name: 'Usage by key' })
        .getByRole('link', { name: /^Search \(gw-…/ })
        .waitFor();
    });

    it('says when the last calls were where a range has none', async () => {
      const page = await open('/usage?range=custom&from=2020-01-01&to=2020-01-03');
      await page.getByText(/^No calls in these 3 days\. The last was on /).waitFor();
      await page.getByRole('button', { name: 'Show it' }).click();
      await page.getByRole('row', { name: /^Total/ }).waitFor();
    });
  });
});

function plain(usd: number): string {
  return usd.toFixed(9).replace(/\.?0+$/, '');
}
