/**
 * The pictures: where, what must stand there before one is taken, and what is done on the page first. `isEmpty` ones are
 * taken of a gateway that nobody has called yet; `runs` lets the page's clock go on. Those that call models come last, so
 * that no other picture shows their calls.
 */
export const PAGES = [
  { name: 'chat-first', path: '/chat', isEmpty: true, ready: /Ask the demo model anything/ },
  { name: 'usage', path: '/usage?range=30d', ready: /^Spend over 30 UTC days/ },
  { name: 'usage-speed', path: '/usage?metric=speed&by=key', ready: /^First token over 7 UTC days/, only: ['wide'] },
  { name: 'usage-empty', path: '/usage', isEmpty: true, ready: 'No calls yet.' },
  { name: 'requests', path: '/requests', ready: /^Nothing older|Older$/ },
  { name: 'requests-empty', path: '/requests', isEmpty: true, ready: 'Listening for the first call…' },
  { name: 'keys', path: '/keys', ready: 'Invoice parser' },
  {
    name: 'key',
    path: '/keys',
    ready: 'Invoice parser',
    prepare: async (page) => {
      await page.getByRole('link', { name: 'Invoice parser' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Rotate…' }).waitFor();
    },
  },
  {
    name: 'key-new',
    path: '/keys',
    isEmpty: true,
    prepare: async (page) => {
      await page.getByRole('button', { name: 'New key' }).first().click();
      await page.getByLabel('Name').fill('Invoice parser');
      await page.getByLabel('Budget, USD').fill('5');
      await page.getByLabel('Per').selectOption('day');
    },
  },
  { name: 'connect', path: '/connect', ready: /^Waiting for the first call/ },
  { name: 'models', path: '/models', ready: 'gpt-4o-mini' },
  {
    name: 'set-price',
    path: '/models?unpriced=only',
    only: ['wide'],
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Set the price of llama3:8b' }).click();
      await page.getByLabel('Input, USD per 1M tokens').fill('0.05');
      await page.getByLabel('Output, USD per 1M tokens').fill('0.08');
    },
  },
  { name: 'upstreams', path: '/models?tab=upstreams', ready: /^Health is what was seen/ },
  { name: 'people', path: '/people', ready: 'Bo Weaver' },
  { name: 'audit', path: '/audit', ready: 'made a key' },
  { name: 'record', path: '/requests?id=req_9e5b71retried', ready: 'Headers of the answer' },
  { name: 'settings', path: '/settings', ready: 'Theme' },
  { name: 'sign-in', path: '/sign-in', isEmpty: true, ready: 'Sign in' },
  {
    name: 'chat',
    path: '/chat?model=demo',
    runs: true,
    prepare: async (page) => {
      await ask(page, 'Show me a table.');
      await ask(page, 'And now some code, please.');
    },
  },
  {
    name: 'compare',
    path: '/compare?m=demo&m=gpt-4o-mini&m=claude-sonnet-4-5',
    runs: true,
    prepare: async (page, { sample }) => {
      for (const [model, behaviour] of Object.entries(COMPARED)) sample.simulator.script(model, behaviour);
      await page
        .getByRole('textbox', { name: 'Message to all models' })
        .fill('Explain a budget per key in two sentences.');
      await page.getByRole('button', { name: 'Send' }).click();
      const stop = page.getByRole('button', { name: 'Stop all' });
      await stop.waitFor();
      await stop.waitFor({ state: 'detached' });
    },
  },
];

const COMPARED = {
  'gpt-4o-mini': {
    firstEventAfterMs: 190,
    tokensPerSecond: 120,
    answer:
      'A key’s budget is an amount in USD per day, week, month or in all; every call is paid from it. When it is spent, calls are refused with `budget_exceeded` until the next period begins.',
  },
  'claude-sonnet-4-5': {
    firstEventAfterMs: 420,
    tokensPerSecond: 80,
    answer:
      'Each key can carry a **budget**: a limit in USD for a calendar period in UTC. The gateway sets aside what a call may cost before it is made, and corrects that by the real usage afterwards.',
  },
};

async function ask(page, text) {
  await page.getByRole('textbox', { name: 'Message', exact: true }).fill(text);
  // On a phone Enter breaks the line.
  await page.getByRole('button', { name: 'Send' }).click();
  const stop = page.getByRole('button', { name: 'Stop' });
  await stop.waitFor();
  await stop.waitFor({ state: 'detached' });
}
