// Builds the gateway (tests start it as a process too) and runs Jest. Arguments go to Jest.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const BROWSERS = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

function run(command, args, env = {}) {
  const { status } = spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ...env } });
  if (status !== 0) process.exit(status ?? 1);
}

const browser = BROWSERS.find((path) => path && existsSync(path));
const jestArguments = process.argv.slice(2);
if (!browser) {
  const message = 'No Chromium found. Install it (Debian: apt-get install chromium) or set CHROMIUM_PATH.';
  if (process.env.CI) {
    console.error(message);
    process.exit(1);
  }
  console.warn(`${message} The tests in a real browser (test/browser, test/dashboard-*) are left out.`);
  jestArguments.push('--testPathIgnorePatterns', 'test/(browser/|dashboard-)');
}
run('npm', ['run', '--silent', 'build:gateway']);
if (!existsSync('dashboard/dist/index.html')) run('npm', ['run', '--silent', 'build:dashboard']);
run(process.execPath, ['node_modules/jest/bin/jest.js', ...jestArguments], { CHROMIUM_PATH: browser ?? '' });
