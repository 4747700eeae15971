import type { ModelList } from '../../libs/contracts/models.js';
import type { UpstreamList } from '../../libs/contracts/upstreams.js';

export const MODELS_EXAMPLE: ModelList = {
  data: [
    {
      id: 'gpt-4o-mini',
      upstream: 'openai',
      contextWindow: 128_000,
      input: ['text', 'image'],
      price: { input: 0.15, cachedInput: 0.075, cacheWrite: null, output: 0.6 },
      priceSource: 'genai-prices 0.1.8',
    },
    { id: 'local/llama3:8b', upstream: 'local', contextWindow: null, input: ['text'], price: null, priceSource: null },
  ],
  nextCursor: null,
};

export const UPSTREAMS_EXAMPLE: UpstreamList = {
  data: [
    {
      name: 'openai',
      baseUrl: 'https://api.openai.com/v1',
      models: ['gpt-*'],
      health: 'ok',
      errorRate: 0.01,
      p50Ms: 412.5,
      inFlight: 3,
      credentialSource: 'OPENAI_API_KEY',
    },
  ],
  nextCursor: null,
};
