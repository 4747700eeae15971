import type { KeyRow } from '../../../../libs/contracts/keys.js';
import { checks, emptyKey, fromKey, toCreateKey, toUpdateKey } from './key-form-values.js';

const key: KeyRow = {
  id: 'key_1',
  key: 'gw-…abcd',
  name: 'Invoice parser',
  owner: 'ann@example.com',
  models: ['gpt-4o*', 'demo'],
  budgetUsd: 5,
  budgetPeriod: 'day',
  rpm: 120,
  tpm: null,
  maxParallel: null,
  expiresAt: '2027-01-31T00:00:00.000Z',
  tags: { team: 'search' },
  disabled: false,
  createdAt: '2026-11-24T14:03:27.512Z',
  spentUsd: 3.2,
  resetsAt: '2026-11-25T00:00:00.000Z',
  lastUsedAt: null,
};

describe('toCreateKey', () => {
  it('sends a name alone when nothing else was typed', () => {
    expect(toCreateKey({ ...emptyKey, name: ' Search ' })).toEqual({ name: 'Search' });
  });

  it('tells a budget of nothing from no budget', () => {
    expect(toCreateKey({ ...emptyKey, name: 'a', budgetUsd: '0', budgetPeriod: 'day' })).toEqual({
      name: 'a',
      budgetUsd: 0,
      budgetPeriod: 'day',
    });
  });

  it('reads globs and tags by line or comma', () => {
    expect(
      toCreateKey({ ...emptyKey, name: 'a', models: 'gpt-4o*\n claude-*,demo', tags: 'team=search, env = prod' }),
    ).toEqual({
      name: 'a',
      models: ['gpt-4o*', 'claude-*', 'demo'],
      tags: { team: 'search', env: 'prod' },
    });
  });
});

describe('toUpdateKey', () => {
  it('sends nothing when nothing was changed', () => {
    expect(toUpdateKey(fromKey(key), key)).toEqual({});
  });

  it('sends what was changed, null where a limit was taken away', () => {
    expect(toUpdateKey({ ...fromKey(key), rpm: '', budgetUsd: '7.5', models: '' }, key)).toEqual({
      rpm: null,
      budgetUsd: 7.5,
      models: null,
    });
  });
});

describe('checks', () => {
  it('refuses what is no amount, no limit, no tag', () => {
    expect(checks.budgetUsd('five')).toMatch(/amount/);
    expect(checks.budgetUsd('$0,50')).toBe(true);
    expect(checks.whole('0')).toMatch(/at least 1/);
    expect(checks.whole('')).toBe(true);
    expect(checks.tags('search')).toMatch(/team=search/);
    expect(checks.name('  ')).toMatch(/name/);
  });
});
