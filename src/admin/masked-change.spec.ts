import { maskedChange } from './masked-change.js';

const LOOKS_LIKE_A_KEY = `sk-proj-${'a1B2c3D4'.repeat(6)}`;

it('keeps what was changed', () => {
  const change = { name: 'Invoices', budgetUsd: 5, rpm: null, models: ['gpt-4o*'], tags: { team: 'search' } };
  expect(maskedChange(change)).toEqual(change);
});

it('masks secrets by their name and by their looks', () => {
  const masked = maskedChange({
    apiKey: 'short',
    secret: 'x',
    token: null,
    name: LOOKS_LIKE_A_KEY,
    tags: { team: LOOKS_LIKE_A_KEY },
  });
  expect(masked).toMatchObject({ apiKey: '…', secret: '…', token: null });
  expect(JSON.stringify(masked)).not.toContain(LOOKS_LIKE_A_KEY);
});

it('bounds depth, counts and lengths', () => {
  const masked = maskedChange({
    a: { b: { c: { d: { e: 1 } } } },
    list: Array(10_000).fill(1),
    text: 'x'.repeat(9_999),
  });
  expect(masked.a).toEqual({ b: { c: { d: '…' } } });
  expect(masked.list).toHaveLength(200);
  expect(String(masked.text).length).toBeLessThanOrEqual(1_000);
});
