import type { Browser } from 'playwright-core';
import { DataSource } from 'typeorm';
import { openPage, startChromium } from '../support/chromium.js';
import { call, startNumbers, type NumbersInstallation } from '../support/numbers.js';

const ROWS = 100_000;
const MOST_HEAP_BYTES = 150_000_000;

describe('a list of 100,000 requests', () => {
  let browser: Browser;
  let installation: NumbersInstallation;

  beforeAll(async () => {
    [browser, installation] = await Promise.all([startChromium(), startNumbers()]);
    await call(installation, { requestId: 'req_original' });
    await copyCall(installation.gateway.gateway.app.get(DataSource), ROWS);
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    await installation.close();
  });

  it('is scrolled to its end and back with few rows in the page and little memory', async () => {
    const { page } = await openPage(browser, `${installation.gateway.origin}/requests`);
    const list = page.getByRole('grid', { name: 'Requests, newest first' });
    const shown = page.locator('[aria-rowindex]');
    await shown.first().waitFor();
    const questions: string[] = [];
    page.on('request', (request) => request.url().includes('/api/prompt-log') && questions.push(request.url()));
    await list.focus();

    const end = page.getByText(/^Nothing older\./);
    while (!(await end.isVisible())) await page.keyboard.press('End');
    expect(await shown.count()).toBeLessThan(80);
    expect(await shown.last().getAttribute('aria-rowindex')).toBe(String(ROWS + 1));
    // One question a page, whatever keys were pressed meanwhile, beside those for new calls.
    expect(questions.filter((url) => url.includes('cursor=')).length).toBe(Math.ceil((ROWS + 1) / 200) - 1);

    const session = await page.context().newCDPSession(page);
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    expect(usedSize).toBeLessThan(MOST_HEAP_BYTES);

    await page.keyboard.press('Home');
    await page
      .getByRole('row', { name: /gpt-4o/ })
      .first()
      .waitFor();
    expect(await shown.first().getAttribute('aria-rowindex')).toBe('1');
  }, 180_000);
});

/** Rows as the first call's, a second apart before it; numbered backwards, so that calls to come are in nobody's way. */
async function copyCall(dataSource: DataSource, count: number): Promise<void> {
  const columns = await dataSource.query<{ name: string }[]>('PRAGMA table_info(requests)');
  const own: Readonly<Record<string, string>> = {
    seq: '-n.number',
    request_id: `'req_copy_' || n.number`,
    started_at: 'r.started_at - n.number * 1000',
    ended_at: 'r.ended_at - n.number * 1000',
  };
  const names = columns.map(({ name }) => name);
  await dataSource.query(
    `WITH RECURSIVE n (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM n WHERE number < ${count})
     INSERT INTO requests (${names.join(', ')})
     SELECT ${names.map((name) => own[name] ?? `r.${name}`).join(', ')}
     FROM requests r CROSS JOIN n WHERE r.request_id = 'req_original'`,
  );
}
