import { actionWords, changeWords } from './audit-words.js';

describe('audit words', () => {
  it('says what was done, and names what it has no words for', () => {
    expect(actionWords('key.create')).toBe('made a key');
    expect(actionWords('moon.land')).toBe('moon.land');
  });

  it('writes a change field by field', () => {
    expect(
      changeWords({ budgetUsd: 5, rpm: null, models: ['gpt-4o*', 'demo'], tags: { team: 'search' }, disabled: true }),
    ).toBe('budgetUsd: 5, rpm: none, models: gpt-4o* demo, tags: team=search, disabled: true');
    expect(changeWords(null)).toBe('');
  });
});
