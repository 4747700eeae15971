import type { Browser, Page } from 'playwright-core';
import { openPage, startChromium } from './support/chromium.js';
import { startGateway, type RunningGateway } from './support/start-gateway.js';
import { startSimulator, type Simulator } from './support/start-simulator.js';

/** One red pixel. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC',
  'base64',
);

describe('chats kept in the browser', () => {
  let browser: Browser;
  let simulator: Simulator;
  let gateway: RunningGateway;

  beforeAll(async () => {
    [browser, simulator] = await Promise.all([startChromium(), startSimulator()]);
    gateway = await startGateway({ AI_GATEWAY_UPSTREAM: simulator.url, AI_GATEWAY_RETRY_ATTEMPTS: '0' });
  });

  afterAll(async () => {
    await browser.close();
    await gateway.close();
    await simulator.close();
  });

  beforeEach(() => simulator.reset());
  afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));

  async function openChat(): Promise<Page> {
    const { page } = await openPage(browser, `${gateway.origin}/chat?model=gpt-4o`);
    await composer(page).waitFor();
    return page;
  }

  it('sends pictures and text files along, and refuses others by name', async () => {
    const page = await openChat();
    await page.locator('input[type=file]').setInputFiles([
      { name: 'photo.png', mimeType: 'image/png', buffer: PICTURE },
      { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('the notes') },
      { name: 'tool.exe', mimeType: 'application/octet-stream', buffer: Buffer.from([0, 1, 2]) },
    ]);
    await page.getByText('tool.exe is neither a picture nor UTF-8 text.').waitFor();
    await ask(page, 'Look at these');
    const call = await simulator.waitFor(({ path, json }) => path === '/v1/chat/completions' && json !== undefined);
    expect(call.json).toMatchObject({
      messages: [
        {
          content: [
            { type: 'text', text: 'File notes.txt:\n```\nthe notes\n```\n\nLook at these' },
            { type: 'image_url', image_url: { url: expect.stringMatching(/^data:image\/png;base64,/) as string } },
          ],
        },
      ],
    });
  });

  it('keeps a draft through a reload and clears it when it is sent', async () => {
    const page = await openChat();
    await composer(page).fill('Half a thou');
    await page.reload();
    expect(await composer(page).inputValue()).toBe('Half a thou');
    await composer(page).press('Enter');
    await answerEnded(page);
    await page.reload();
    expect(await composer(page).inputValue()).toBe('');
  });

  it('sends the system prompt and the parameters that were set, and no others', async () => {
    const page = await openChat();
    await page.getByText('System prompt').click();
    await page.getByRole('textbox', { name: 'System prompt' }).fill('Be brief.');
    await page.getByText('Temperature, length').click();
    await page.getByLabel('Temperature', { exact: true }).fill('0.2');
    await ask(page, 'Hello');
    const call = await simulator.waitFor(({ path, json }) => path === '/v1/chat/completions' && json !== undefined);
    expect(call.json).toMatchObject({
      temperature: 0.2,
      messages: [{ role: 'system', content: 'Be brief.' }, { role: 'user' }],
    });
    expect(call.json).not.toHaveProperty('top_p');
    expect(call.json).not.toHaveProperty('max_tokens');
  });

  it('deletes with undo, at first a message and then the chat', async () => {
    const page = await openChat();
    await ask(page, 'Keep me');
    await answerEnded(page);
    await page.getByRole('article', { name: 'Answer' }).getByRole('button', { name: 'Delete from here' }).click();
    await page.getByText('1 message deleted.').waitFor();
    await page.getByRole('button', { name: 'Ask again', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await answerEnded(page);
    await page.getByRole('button', { name: 'More for Keep me' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.waitForURL(/\/chat$/);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('link', { name: 'Keep me' }).waitFor();
  });

  it('finds chats by what was said, and renames them', async () => {
    simulator.script('gpt-4o', { answer: 'The word is xylophone.' });
    const page = await openChat();
    await ask(page, 'Say a word');
    await answerEnded(page);
    await page.getByRole('button', { name: 'More for Say a word' }).click();
    await page.getByRole('menuitem', { name: 'Rename' }).click();
    await page.getByRole('textbox', { name: 'Name of the chat' }).fill('Music');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Music' }).waitFor();
    await page.getByRole('searchbox', { name: 'Search chats' }).fill('xylophone');
    await page.getByRole('link', { name: /Music.*xylophone/ }).waitFor();
    await page.getByRole('searchbox', { name: 'Search chats' }).fill('absent');
    await page.getByText('No chat has these words.').waitFor();
  });

  it('exports a chat as Markdown', async () => {
    simulator.script('gpt-4o', { answer: 'An *answer*.' });
    const page = await openChat();
    await ask(page, 'Export me');
    await answerEnded(page);
    await page.getByRole('button', { name: 'More', exact: true }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'Export as Markdown' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('Export-me.md');
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).toString('utf8')).toContain(
      '# Export me\n\n## Question\n\nExport me\n\n## Answer (gpt-4o',
    );
  });

  it('branches into a chat of its own that links back', async () => {
    const page = await openChat();
    await ask(page, 'Trunk');
    await answerEnded(page);
    const trunk = page.url();
    await page.getByRole('article', { name: 'Answer' }).getByRole('button', { name: 'Branch into a new chat' }).click();
    await page.getByRole('heading', { name: 'Trunk (branch)' }).waitFor();
    expect(page.url()).not.toBe(trunk);
    await page.getByRole('link', { name: 'from “Trunk”' }).click();
    await page.waitForURL(trunk);
  });

  it('shows in a second tab that the first is writing, and what remains when the first is closed', async () => {
    simulator.script('gpt-4o', { answer: 'slow '.repeat(400), tokensPerSecond: 20 });
    const page = await openChat();
    await ask(page, 'Take your time');
    await page.getByRole('article', { name: 'Answer' }).getByText('slow slow').waitFor();
    const second = await page.context().newPage();
    await second.goto(page.url());
    await second.getByText('Being written in another tab…').waitFor();
    await page.close();
    await second.getByText(/Interrupted by a reload · \d+ words? kept/).waitFor();
    await simulator.waitFor(({ ending }) => ending === 'aborted');
  });

  it('calls nothing but its own gateway and leaves no key in what is stored', async () => {
    const { page, foreignRequests } = await openPage(browser, `${gateway.origin}/settings`);
    await page.getByRole('button', { name: 'Use my own key' }).click();
    await page.getByLabel('Key', { exact: true }).fill('sk-forget-me-1234');
    await page.getByRole('checkbox', { name: /Remember on this device/ }).check();
    await page.getByRole('button', { name: 'Use this key' }).click();
    await page.getByText('●●●●1234').waitFor();
    const second = await page.context().newPage();
    await second.goto(`${gateway.origin}/settings`);
    await second.getByText('●●●●1234').waitFor();
    await second.getByRole('button', { name: 'Forget' }).click();
    await second.getByText('None', { exact: true }).waitFor();
    await second.reload();
    await second.getByText('None', { exact: true }).waitFor();
    expect(foreignRequests).toEqual([]);
  });
});

function composer(page: Page) {
  return page.getByRole('textbox', { name: 'Message', exact: true });
}

async function ask(page: Page, question: string): Promise<void> {
  await composer(page).fill(question);
  await composer(page).press('Enter');
}

async function answerEnded(page: Page): Promise<void> {
  await page
    .getByRole('article', { name: 'Answer' })
    .last()
    .getByRole('button', { name: 'Regenerate', exact: true })
    .waitFor();
}
