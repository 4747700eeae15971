import fc from 'fast-check';
import { settleTail } from './settle-tail.js';
import { splitBlocks } from './split-blocks.js';

const sources = (text: string): readonly string[] => splitBlocks(text).map(({ source }) => source);

describe('splitBlocks', () => {
  it('splits at blank lines and around fences', () => {
    expect(sources('# Head\n\nText\nmore\n```js\na\n\nb\n```\nafter')).toEqual([
      '# Head',
      'Text\nmore',
      '```js\na\n\nb\n```',
      'after',
    ]);
  });

  it('keeps a loose list, its indented parts and its fences in one block', () => {
    const list = '1. one\n\n   ```sh\n   ls\n   ```\n\n2. two\n\n   more of two';
    expect(sources(`${list}\n\nafter`)).toEqual([list, 'after']);
  });

  it('knows language, code and end of a fence', () => {
    expect(splitBlocks('```TypeScript title=x\nlet a;')).toEqual([
      {
        kind: 'fence',
        source: '```TypeScript title=x\nlet a;',
        language: 'typescript',
        code: 'let a;',
        isClosed: false,
      },
    ]);
    expect(splitBlocks('~~~~\n```\n~~~~')).toMatchObject([{ kind: 'fence', code: '```', isClosed: true }]);
  });

  it('never changes a block before the last two while text grows', () => {
    const piece = fc.constantFrom(
      'word ',
      'a\n',
      '\n\n',
      '- item\n',
      '  in\n',
      '```\n',
      '```js\n',
      '| a | b |\n',
      '|---|---|\n',
      '# h\n',
      '> q\n',
      '1. x\n',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), piece, (pieces, next) => {
        const before = sources(pieces.join(''));
        const after = sources(pieces.join('') + next);
        expect(after.slice(0, Math.max(0, before.length - 1))).toEqual(before.slice(0, -1));
      }),
    );
  });
});

describe('settleTail', () => {
  it.each([
    ['some **bold te', 'some **bold te**'],
    ['some **', 'some '],
    ['some *it', 'some *it*'],
    ['a `code', 'a `code`'],
    ['a `', 'a '],
    ['see [the do', 'see '],
    ['see [the docs](https://exa', 'see '],
    ['see [the docs](https://example.com) now', 'see [the docs](https://example.com) now'],
    ['![pic](https://x', ''],
    ['text\n``', 'text\n'],
    ['```', ''],
    ['```js', ''],
    ['| a | b |', ''],
    ['before\n| a | b |\n|--', 'before'],
    ['| a | b |\n|---|---|\n| 1', '| a | b |\n|---|---|\n| 1'],
    ['x <scr', 'x '],
    ['x < y', 'x < y'],
    ['costs $5 and 2 * 3', 'costs $5 and 2 * 3'],
    ['`a[0', '`a[0`'],
    ['plain', 'plain'],
  ])('shows %j as %j', (half, shown) => {
    expect(settleTail(half)).toBe(shown);
  });

  it('never throws and never invents text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const letters = (value: string) => value.replace(/[^a-z]/g, '');
        expect(letters(text).startsWith(letters(settleTail(text)))).toBe(true);
      }),
    );
  });
});
