import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { open, seal } from './sealed-box.js';

const KEY = randomBytes(32);

describe('a sealed text', () => {
  it('opens for the one it was sealed for, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, owner) => {
        expect(open([KEY], seal(KEY, text.toWellFormed(), owner), owner)?.text).toBe(text.toWellFormed());
      }),
    );
  });

  it('does not open for another, nor with another key', () => {
    const sealed = seal(KEY, 'sk-secret', 'ann');
    expect(open([KEY], sealed, 'bob')).toBeUndefined();
    expect(open([randomBytes(32)], sealed, 'ann')).toBeUndefined();
  });

  it('does not open once any bit of it has changed', () => {
    const bytes = Buffer.from(seal(KEY, 'sk-secret', 'ann'), 'base64url');
    fc.assert(
      fc.property(fc.nat(bytes.length * 8 - 1), (bit) => {
        const changed = Buffer.from(bytes);
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(open([KEY], changed.toString('base64url'), 'ann')).toBeUndefined();
      }),
    );
  });

  it.each(['', 'AQ', 'nonsense', 'A'.repeat(200)])('is not %j', (text) => {
    expect(open([KEY], text, 'ann')).toBeUndefined();
  });

  it('says when an old key opened it', () => {
    const sealed = seal(KEY, 'sk-secret', 'ann');
    expect(open([KEY], sealed, 'ann')).toEqual({ text: 'sk-secret', isStale: false });
    expect(open([randomBytes(32), KEY], sealed, 'ann')).toEqual({ text: 'sk-secret', isStale: true });
  });

  it('is another one each time', () => {
    expect(seal(KEY, 'same', 'ann')).not.toBe(seal(KEY, 'same', 'ann'));
  });
});
