import { budgetNote } from './budget-note.js';

const now = new Date('2026-11-24T15:03:00Z');

describe('budgetNote', () => {
  it('says the period and when the next budget begins', () => {
    expect(budgetNote({ budgetPeriod: 'day', resetsAt: '2026-11-25T00:00:00Z' }, now)).toBe(
      'a day, resets 00:00 UTC (in 9 h)',
    );
    expect(budgetNote({ budgetPeriod: 'total', resetsAt: null }, now)).toBe('in all');
  });
});
