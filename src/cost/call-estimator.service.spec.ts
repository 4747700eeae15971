import type { IncomingMessage, ServerResponse } from 'node:http';
import { NO_USAGE } from '../../libs/usage/token-usage.js';
import type { GatewayConfig } from '../config/gateway-config.js';
import { RequestContext } from '../http/request-context.js';
import type { WireFormat } from '../../libs/openai/wire-format.js';
import { CallEstimator } from './call-estimator.service.js';
import { PriceService } from './price.service.js';

const PRICES = { 'gpt-4o': { input: 1, output: 10 }, 'local-*': { input: 0, output: 0 } };
const config = { prices: { overrides: PRICES, unpriced: 'allow' } } as unknown as GatewayConfig;
const UPSTREAM = {
  name: 'local',
  baseUrl: 'http://127.0.0.1:9',
  query: '',
  kind: 'openai',
  credentialSource: 'none',
  isDefault: true,
} as const;

function aContext(fields: object = {}, model = 'gpt-4o', format: WireFormat = 'chat'): RequestContext {
  const context = new RequestContext('req_1', { headers: {} } as IncomingMessage, {} as ServerResponse);
  const body = { messages: [{ role: 'user', content: 'Hello' }], ...fields };
  const bytes = Buffer.alloc(0);
  const call = { format, path: '/', model, isStream: false, wantsUsage: false, bytes, contentType: '', fields: body };
  context.call = call;
  context.target = { upstream: UPSTREAM, servedModel: model };
  return context;
}

describe('CallEstimator', () => {
  const estimator = new CallEstimator(new PriceService(config));

  it.each([
    [{ max_tokens: 50 }, 50],
    [{ max_completion_tokens: 70, max_tokens: 50 }, 70],
    [{ max_output_tokens: 30 }, 30],
    [{ max_tokens: 50, n: 3 }, 150],
    [{ max_tokens: -1 }, 1_024],
    [{ max_tokens: '50' }, 1_024],
    [{ max_tokens: 1e12 }, 1_000_000_000],
    [{}, 1_024],
  ])('expects of %j an answer of %d tokens', (fields, outputTokens) => {
    expect(estimator.estimate(aContext(fields)).outputTokens).toBe(outputTokens);
  });

  it('prices the counted prompt and the expected answer', () => {
    const { inputTokens, nanoUsd } = estimator.estimate(aContext({ max_tokens: 100 }));
    expect(inputTokens).toBeGreaterThan(0);
    expect(nanoUsd).toBe(inputTokens * 1_000 + 100 * 10_000);
  });

  it('expects answers as long as the longest of late', () => {
    const own = new CallEstimator(new PriceService(config));
    const first = aContext();
    own.estimate(first);
    first.settle({ usage: { ...NO_USAGE, outputTokens: 7 }, usageSource: 'upstream', costNanoUsd: 1 });
    expect(own.estimate(aContext()).outputTokens).toBe(7);
    expect(own.estimate(aContext({}, 'local-1')).outputTokens).toBe(1_024);
  });

  it('expects no output of embeddings, and no charge for free or unpriced models and the raw road', () => {
    expect(estimator.estimate(aContext({ input: 'x' }, 'gpt-4o', 'embeddings')).outputTokens).toBe(0);
    expect(estimator.estimate(aContext({}, 'local-1'))).toMatchObject({ isUncharged: true, nanoUsd: 0 });
    expect(estimator.estimate(aContext({}, 'nobody-sells-this'))).toMatchObject({ isUncharged: true, price: null });
    const raw = Object.assign(aContext(), { isRaw: true });
    expect(estimator.estimate(raw)).toMatchObject({ inputTokens: 0, outputTokens: 0, nanoUsd: 0 });
  });
});
