import type { ModelRow } from '../../../libs/contracts/models.js';
import { searchModels, sortModels } from './search-models.js';

const aModel = (id: string, upstream: string, contextWindow: number | null): ModelRow => ({
  id,
  upstream,
  contextWindow,
  input: ['text'],
  price: null,
  priceSource: null,
});
const models = [
  aModel('gpt-4o', 'openai', 128_000),
  aModel('claude-x', 'anthropic', 200_000),
  aModel('llama3:8b', 'local', null),
];
const ids = (found: readonly ModelRow[]): readonly string[] => found.map(({ id }) => id);

describe('models', () => {
  it('are found by name, upstream and context', () => {
    expect(ids(searchModels('gpt', models))).toEqual(['gpt-4o']);
    expect(ids(searchModels('LOCAL', models))).toEqual(['llama3:8b']);
    expect(ids(searchModels('200k', models))).toEqual(['claude-x']);
    expect(ids(searchModels('', models))).toHaveLength(3);
  });

  it('stand in the order of favourites, last used, the upstream’s own, the rest', () => {
    const order = { favourites: ['llama3:8b'], recent: ['llama3:8b'] };
    expect(ids(sortModels(models, order, 'anthropic'))).toEqual(['llama3:8b', 'claude-x', 'gpt-4o']);
  });
});
