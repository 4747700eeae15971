import { format, inspect } from 'node:util';
import { Secret } from './secret.js';

describe('Secret', () => {
  const secret = new Secret('hunter2hunter2');

  it('gives its value to who asks for it', () => {
    expect(secret.reveal()).toBe('hunter2hunter2');
  });

  it.each([
    ['String', String(secret)],
    ['a template', `${secret.toString()}`],
    ['JSON', JSON.stringify({ secret })],
    ['inspect', inspect({ secret }, { showHidden: true, depth: Infinity })],
    ['format %s', format('%s', secret)],
    ['format %o', format('%o', secret)],
    ['format %O', format('%O', secret)],
    ['format %j', format('%j', secret)],
    ['its own properties', JSON.stringify(Object.getOwnPropertyDescriptors(secret))],
    ['a copy', JSON.stringify(Object.assign({}, secret))],
    ['a structured clone', inspect(structuredClone(secret))],
  ])('does not show it in %s', (_, shown) => {
    expect(shown).not.toContain('hunter2');
  });

  it('cannot be changed', () => {
    expect(Object.isFrozen(secret)).toBe(true);
  });
});
