import { queryOptions } from '@tanstack/react-query';
import type { ModelList, ModelRow } from '../../../libs/contracts/models.js';
import { fetchJson } from './api-client.js';
import { ApiError } from './api-error.js';
import { keyForModels } from './credentials.js';

/** What `/v1/models` gives in OpenAI's shape. */
interface OpenAiModels {
  readonly data: readonly { readonly id: string; readonly owned_by?: string }[];
}

async function fetchModels(signal: AbortSignal): Promise<ModelList> {
  try {
    return await fetchJson<ModelList>('/api/models', { query: { limit: 1000 }, signal });
  } catch (error) {
    // Older gateways, and callers who may not read the list with prices, still have OpenAI's own list.
    if (error instanceof ApiError && [401, 403, 404].includes(error.status)) return fetchPlainModels(signal);
    throw error;
  }
}

async function fetchPlainModels(signal: AbortSignal): Promise<ModelList> {
  const list = await fetchJson<OpenAiModels>('/v1/models', { signal, key: keyForModels() });
  const data = list.data.map((model): ModelRow => ({
    id: model.id,
    upstream: model.id === 'demo' ? 'demo' : (model.owned_by ?? 'default'),
    contextWindow: null,
    input: [],
    price: null,
    priceSource: null,
  }));
  return { data, nextCursor: null };
}

/** The models that the caller may use, with price, context and kinds of input where they are known. */
export const modelsQuery = queryOptions({
  queryKey: ['models'],
  queryFn: ({ signal }) => fetchModels(signal),
  staleTime: 60_000,
});

/** Whether a model takes pictures; unknown models are given the benefit of the doubt. */
export function takesImages(model: ModelRow | undefined): boolean {
  return !model || model.input.length === 0 || model.input.includes('image');
}
