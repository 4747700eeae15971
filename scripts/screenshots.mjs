/**
 * Writes docs/screenshots: every page of the dashboard, light and dark, wide and on a phone. A gateway is started for it
 * with a company's history, made by real calls against a simulated upstream; locale, zone, clock and data are always the
 * same. Needs `npm run build` and a Chromium.
 *
 *   node scripts/screenshots.mjs                  all of them
 *   node scripts/screenshots.mjs usage requests   only these pages
 *   node scripts/screenshots.mjs --folder pictures
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { smallerPng } from './sample-data/smaller-png.mjs';
import { startSampleGateway } from './sample-data/sample-gateway.mjs';
import { PAGES } from './sample-data/screenshot-pages.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const NOW = Date.parse('2026-11-24T14:03:30.000Z');
const HISTORY_DAYS = 65;
const VIEWS = {
  wide: { viewport: { width: 1440, height: 900 } },
  phone: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true },
};
const THEMES = ['light', 'dark'];

const { values: options, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: {
    folder: { type: 'string', default: join(ROOT, 'docs/screenshots') },
    gateway: { type: 'string', default: join(ROOT, 'dist') },
    dashboard: { type: 'string', default: join(ROOT, 'dashboard/dist') },
  },
});
const pages = PAGES.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
const load = (path) => import(pathToFileURL(join(options.gateway, path)).href);
await mkdir(options.folder, { recursive: true });

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
for (const isEmpty of [false, true]) {
  const own = pages.filter((page) => (page.isEmpty ?? false) === isEmpty);
  if (own.length === 0) continue;
  const sample = await startSampleGateway({
    load,
    dashboardFolder: options.dashboard,
    now: NOW,
    days: isEmpty ? 0 : HISTORY_DAYS,
    port: 38_002,
    simulatorPort: 38_003,
  });
  for (const page of own)
    for (const view of Object.keys(VIEWS)) for (const theme of THEMES) await take(sample, page, view, theme);
  await sample.close();
}
await browser.close();

async function take(sample, { name, path, prepare, ready, only, runs = false }, view, theme) {
  if (only && !only.includes(view)) return;
  const context = await browser.newContext({
    ...VIEWS[view],
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    colorScheme: theme,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) console.warn(`${name} ${view} ${theme}: ${message.text()}`);
  });
  page.on('pageerror', (error) => console.warn(`${name} ${view} ${theme}: ${error.message}`));
  await (runs ? page.clock.install({ time: NOW }) : page.clock.setFixedTime(NOW));
  // The notice is a picture of its own; on every page it would only take room.
  await page.addInitScript(() => sessionStorage.setItem('gateway.loopback-banner-closed', 'yes'));
  await page.goto(sample.origin + (typeof path === 'function' ? path(sample) : path));
  if (ready) await page.getByText(ready).first().waitFor({ state: 'attached' });
  if (prepare) await prepare(page, { view, sample });
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
  const picture = await page.screenshot({ animations: 'disabled', caret: 'hide' });
  await writeFile(join(options.folder, `${name}-${view}-${theme}.png`), smallerPng(picture));
  await context.close();
}
