import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { openPage, startChromium } from '../support/chromium.js';
import { makeKey, startNumbers, type NumbersInstallation } from '../support/numbers.js';

const run = promisify(execFile);

describe('connecting a program', () => {
  let browser: Browser;
  let installation: NumbersInstallation;
  let folder: string;

  beforeAll(async () => {
    [browser, installation] = await Promise.all([startChromium(), startNumbers()]);
    folder = await mkdtemp(join(tmpdir(), 'connect-'));
    await symlink(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'));
  });

  afterAll(async () => {
    await browser.close();
    await installation.close();
    await rm(folder, { recursive: true });
  });

  afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));

  async function open(path: string): Promise<Page> {
    const { page } = await openPage(browser, `${installation.gateway.origin}${path}`);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    return page;
  }

  async function copySnippet(page: Page): Promise<string> {
    await page.getByRole('button', { name: 'Copy the snippet' }).click();
    await page.getByText('Copied').waitFor();
    return page.evaluate(() => navigator.clipboard.readText());
  }

  /** Runs a program as somebody does who has pasted it: the key is in the environment, nothing else is. */
  async function runPasted(program: string, file: string, text: string, key: string): Promise<string> {
    const path = join(folder, file);
    await writeFile(path, text);
    const { stdout } = await run(program, [path], { env: { PATH: process.env['PATH'], AI_GATEWAY_KEY: key } });
    return stdout;
  }

  it.each([
    ['curl', 'bash', 'first.sh'],
    ['Node', process.execPath, 'first.mjs'],
    ['LangChain', process.execPath, 'chain.mjs'],
  ])('gives a snippet for %s that runs, and shows its first call', async (tool, program, file) => {
    const { id, key } = await makeKey(installation, { name: tool, models: ['gpt-4o'] });
    const page = await open(`/connect?key=${id}`);
    await page.getByText('Waiting for the first call with this key…').waitFor();
    await page.getByRole('tab', { name: tool }).click();
    const output = await runPasted(program, file, await copySnippet(page), key);
    expect(output).not.toBe('');
    await page.getByText('First call', { exact: true }).waitFor();
    const said = await page.getByRole('status').filter({ hasText: 'First call' }).innerText();
    expect(said.replaceAll(/\s+/g, ' ')).toMatch(/First call .*· gpt-4o · .*(ms|s) · \$0\.\d+ Open the record/);
    await page.getByRole('link', { name: 'Open the record' }).click();
    await page.waitForURL(/\/requests\?id=/);
  });

  it('gives Claude Code an address and a token that Anthropic’s SDK works with', async () => {
    const { id, key } = await makeKey(installation, { name: 'Claude Code', models: ['gpt-4o'] });
    const page = await open(`/connect?key=${id}&tool=claude-code`);
    const exports = (await copySnippet(page)).replace(/\nclaude$/, '');
    await writeFile(
      join(folder, 'claude.mjs'),
      `import Anthropic from '@anthropic-ai/sdk';
       const message = await new Anthropic().messages.create({
         model: process.env.ANTHROPIC_MODEL, max_tokens: 64, messages: [{ role: 'user', content: 'Hi' }],
       });
       console.log(message.content[0].text);`,
    );
    const script = `${exports}\n"${process.execPath}" "${join(folder, 'claude.mjs')}"`;
    expect(await runPasted('bash', 'claude.sh', script, key)).not.toBe('');
    await page.getByText('First call', { exact: true }).waitFor();
  });

  it('puts a new key whole into the snippet, this once', async () => {
    const page = await open('/connect');
    await page.getByRole('button', { name: 'New' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('Fresh');
    await page.getByRole('button', { name: 'Make the key' }).click();
    const key = await page.getByLabel('The key', { exact: true }).innerText();
    await page.getByRole('button', { name: 'I have stored it' }).click();
    const snippet = page.getByRole('region', { name: 'Snippet for curl' });
    expect(await snippet.innerText()).toContain(key);
    expect(page.url()).not.toContain(key);
    await page.reload();
    await page.getByText('The key was shown once: put it into AI_GATEWAY_KEY.').waitFor();
    expect(await snippet.innerText()).toContain('$AI_GATEWAY_KEY');
  });

  it('needs no key for the demo model of an open gateway', async () => {
    const page = await open('/connect');
    await page.getByRole('button', { name: /^Model: / }).click();
    await page.getByRole('option', { name: /^demo/ }).click();
    const output = await runPasted('bash', 'demo.sh', await copySnippet(page), '');
    expect(output).toContain('"object":"chat.completion"');
    await page.getByText('First call', { exact: true }).waitFor();
  });
});
