import { readFileSync } from 'node:fs';
import { VERSION } from './version.js';

it('names the release that package.json names', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect(VERSION).toBe(version);
});
