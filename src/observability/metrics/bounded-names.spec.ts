import { BoundedNames } from './bounded-names.js';

it('takes in the first names and calls the rest other, whatever comes', () => {
  const names = new BoundedNames(['known'], 100);
  const seen = new Set<string>();
  for (let index = 0; index < 10_000; index += 1) seen.add(names.admit(`name-${index}`));
  expect(seen.size).toBe(101);
  expect(names.admit('known')).toBe('known');
  expect(names.admit('name-3')).toBe('name-3');
  expect(names.admit('name-9999')).toBe('other');
});

it('takes in nothing when it only looks a name up', () => {
  const names = new BoundedNames([], 1);
  expect(names.find('a')).toBe('other');
  expect(names.admit('a')).toBe('a');
  expect(names.find('a')).toBe('a');
});

it('calls a name other that is too long for a label', () => {
  expect(new BoundedNames([], 10).admit('n'.repeat(200))).toBe('other');
});
