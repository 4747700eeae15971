import fc from 'fast-check';
import { shownSecret, shownText, withoutSecrets } from './masking.js';

describe('shownText', () => {
  it.each([
    ['user name and password', 'https://ann:pa@ss/word@host/v1', '"https://***@host/v1"'],
    ['query values', 'https://host/v1?key=abc&api-version=1', '"https://host/v1?key=***&api-version=***"'],
    ['a key in the wrong place', 'sk-proj-abcdefghijklmnop1234', '"sk-***"'],
    ['nothing where nothing is secret', 'local=http://localhost:8080/v1', '"local=http://localhost:8080/v1"'],
  ])('hides %s', (_, value, shown) => {
    expect(shownText(value)).toBe(shown);
  });

  it('keeps a value on one line and short', () => {
    const shown = shownText(`a\nb\u0007${'x'.repeat(1000)}`);
    expect(shown).toMatch(/^"a\\nb\\u0007x+…"$/);
    expect(shown.length).toBeLessThan(220);
  });
});

describe('shownSecret', () => {
  it('tells the length in bytes', () => {
    expect(shownSecret('äöü')).toBe('*** (6 bytes)');
  });
});

describe('withoutSecrets', () => {
  it('leaves no secret in a text, also where one contains another', () => {
    const secret = fc.stringMatching(/^[a-z0-9]{8,16}$/);
    fc.assert(
      fc.property(fc.array(secret, { maxLength: 4 }), fc.string(), (secrets, text) => {
        const all = [...secrets, ...secrets.map((one) => `${one}-longer`)];
        const cleaned = withoutSecrets(`${text} ${all.join(' and ')} ${text}`, all);
        for (const one of all) expect(cleaned).not.toContain(one);
      }),
    );
  });

  it('does not search for words as short as `dev`', () => {
    expect(withoutSecrets('in development', ['dev'])).toBe('in development');
  });
});
