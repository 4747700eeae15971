import fc from 'fast-check';
import { ownPath } from './next-path.js';

describe('ownPath', () => {
  it.each(['/', '/usage?range=30d&by=model', '/chat/1#last', '/requests?id=req_1'])('keeps %s', (path) => {
    expect(ownPath(path)).toBe(path);
  });

  it.each([
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\evil.example',
    '/\t/evil.example',
    '\n//evil.example',
    '/\n/evil.example',
    '/.//evil.example',
    '/x/..//evil.example',
    '/%2e//evil.example',
    'https://evil.example',
    'https:evil.example',
    'javascript:alert(1)',
    '@evil.example',
    '.evil.example',
    '',
    '/\u0000',
    `/${'a'.repeat(3_000)}`,
  ])('leads to the start page for %j', (path) => expect(ownPath(path)).toBe('/'));

  it('keeps encoded slashes encoded, so that they name a path and no host', () => {
    expect(ownPath('/%2F%2Fevil.example')).toBe('/%2F%2Fevil.example');
  });

  it('never leaves the site, whatever is asked', () => {
    const odd = fc.constantFrom(
      '/',
      '\\',
      '.',
      '..',
      '//',
      '%2f',
      '%5c',
      '@',
      ':',
      '?',
      '#',
      '\t',
      '\n',
      ' ',
      'evil.example',
      'https',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(odd, fc.string({ maxLength: 3 })), { maxLength: 8 }), (parts) => {
        const path = ownPath(`/${parts.join('')}`);
        for (const base of ['https://gateway.example', 'http://localhost:5173']) {
          expect(new URL(path, base).origin).toBe(base);
          expect(new URL(`${base}${path}`).origin).toBe(base);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
