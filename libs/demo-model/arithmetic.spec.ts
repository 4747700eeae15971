import fc from 'fast-check';
import { calculate, findCalculation } from './arithmetic.js';

describe('arithmetic', () => {
  it.each([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['2 ^ 3 ^ 2', 512],
    ['-2 ** 2', -4],
    ['10 / 4 - -1', 3.5],
    ['7 % 4', 3],
  ])('works out %s', (expression, value) => {
    expect(calculate(expression)).toBe(value);
  });

  it.each(['', '1 +', '(1', '1 / 0', 'a + 1', '1 2'])('has no value for %j', (expression) => {
    expect(calculate(expression)).toBeNull();
  });

  it('finds an expression inside a sentence', () => {
    expect(findCalculation('Please, what is 3 x (4+1)?')).toMatchObject({ value: 15 });
    expect(findCalculation('I was born in 1990.')).toBeNull();
  });

  it('never throws and never takes long, whatever the text', () => {
    fc.assert(fc.property(fc.stringMatching(/^[-+*/()\d\s.^x]{0,600}$/), (text) => void findCalculation(text)));
  });
});
