import fc from 'fast-check';
import { PromptCounter, splitIntoPieces } from './count-pieces.js';

describe('pieces', () => {
  it('are the text again when they are joined', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => expect(splitIntoPieces(text).join('')).toBe(text)),
    );
  });

  it('are words with the space before them, and signs', () => {
    expect(splitIntoPieces('Hello, big world!')).toEqual(['Hello', ',', ' big', ' world', '!']);
  });

  it('are estimated beyond the first 50,000 characters', () => {
    const counter = new PromptCounter();
    counter.add('ab '.repeat(100_000));
    expect(counter.total).toBe(splitIntoPieces('ab '.repeat(100_000).slice(0, 50_000)).length + 62_500);
  });
});
