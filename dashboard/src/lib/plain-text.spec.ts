import { toPlainText } from './plain-text.js';

describe('toPlainText', () => {
  it.each([
    ['# Head\n\nSome **bold**, *soft* and `code`.', 'Head\nSome bold, soft and code.'],
    ['- one\n- two', 'one\ntwo'],
    ['see [the docs](https://x.example/a?b)', 'see the docs'],
    ['```js\nlet a;\n```', 'let a;'],
    ['| a | b |\n|---|---|\n| 1 | 2 |', 'a b\n1 2'],
    ['2 * 3 = 6', '2 * 3 = 6'],
  ])('reads %j as %j', (markdown, text) => {
    expect(toPlainText(markdown)).toBe(text);
  });
});
