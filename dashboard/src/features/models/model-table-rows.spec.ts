import type { ModelRow } from '../../../../libs/contracts/models.js';
import { filterModelRows, lacksPrice, modelTableRows } from './model-table-rows.js';

const priced: ModelRow = {
  id: 'gpt-4o',
  upstream: 'openai',
  contextWindow: 128_000,
  input: ['text'],
  price: { input: 2.5, cachedInput: null, cacheWrite: null, output: 10 },
  priceSource: 'genai-prices',
};
const unpriced: ModelRow = { ...priced, id: 'llama3:8b', upstream: 'local', price: null, priceSource: null };
const sums = {
  requests: 4,
  errors: 0,
  inputTokens: 0,
  cachedInputTokens: 0,
  outputTokens: 0,
  reasoningTokens: 0,
  costUsd: 1,
  unpricedRequests: 2,
  firstUsedAt: null,
  lastUsedAt: null,
};

describe('modelTableRows', () => {
  const rows = modelTableRows(
    [priced, unpriced],
    [
      { ...sums, model: 'gpt-4o', unpricedRequests: 0 },
      { ...sums, model: 'mistral-large-3' },
      { ...sums, model: null },
    ],
  );

  it('has every model once, listed or only called, and no calls without a model', () => {
    expect(rows.map(({ id, requests, isUnlisted }) => [id, requests, isUnlisted])).toEqual([
      ['gpt-4o', 4, false],
      ['mistral-large-3', 4, true],
      ['llama3:8b', 0, false],
    ]);
  });

  it('knows which lack a price, and finds them by any word', () => {
    expect(rows.map(lacksPrice)).toEqual([false, true, true]);
    const found = filterModelRows(rows, { text: 'local', isUnpricedOnly: true });
    expect(found.map(({ id }) => id)).toEqual(['llama3:8b']);
    expect(filterModelRows(rows, { text: '128k', isUnpricedOnly: false }).map(({ id }) => id)).toContain('gpt-4o');
  });
});
