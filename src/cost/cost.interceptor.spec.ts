import { mkdtempSync, rmSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger, type CallHandler, type ExecutionContext } from '@nestjs/common';
import fc from 'fast-check';
import { Observable, Subject } from 'rxjs';
import { NO_USAGE, type TokenUsage } from '../../libs/usage/token-usage.js';
import type { GatewayConfig } from '../config/gateway-config.js';
import type { AnswerEvent } from '../http/answer-event.js';
import { GatewayError } from '../http/gateway-error.js';
import type { ModelCall } from '../http/model-call.js';
import { attachContext, RequestContext } from '../http/request-context.js';
import { rawConnection } from '../storage/drivers/open-sqlite.js';
import { Storage } from '../storage/storage.js';
import { Budgets } from './budgets.service.js';
import { CostInterceptor } from './cost.interceptor.js';
import { CostService } from './cost.service.js';
import { LedgerService } from './ledger.service.js';
import { PriceService } from './price.service.js';
import { UsageEstimator } from './usage-estimator.js';

Logger.overrideLogger(false);

const PRICES = { 'gpt-4o': { input: 2.5, output: 10 } };
const UPSTREAM = {
  name: 'local',
  baseUrl: 'http://127.0.0.1:9',
  query: '',
  kind: 'openai',
  credentialSource: 'none',
  isDefault: true,
} as const;

let folder: string;
let storage: Storage;
let interceptor: CostInterceptor;
let costs: CostService;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cost-'));
  storage = await Storage.open({ databasePath: join(folder, 'gateway.db'), synchronous: 'normal' });
  const promptLog = { isEnabled: true, previewChars: 500 };
  const config = { prices: { overrides: PRICES, unpriced: 'allow' }, promptLog } as unknown as GatewayConfig;
  const budgets = new Budgets(storage.sums, { look: () => undefined });
  costs = new CostService(new LedgerService(storage), new PriceService(config), new UsageEstimator(), budgets, config);
  interceptor = new CostInterceptor(costs);
});

afterAll(async () => {
  await storage.close();
  rmSync(folder, { recursive: true });
});

let calls = 0;

interface Options {
  readonly model?: string;
  readonly isStream?: boolean;
  readonly wantsCost?: boolean;
  readonly isUncalled?: boolean;
}

function aContext({
  model = 'gpt-4o',
  isStream = true,
  wantsCost = false,
  isUncalled = false,
}: Options = {}): RequestContext {
  const request = { headers: {} } as IncomingMessage;
  const context = new RequestContext(`req_${(calls += 1)}`, request, { statusCode: 200 } as ServerResponse);
  attachContext(request, context);
  context.wantsCost = wantsCost;
  const fields = { model, messages: [{ role: 'user', content: 'Say hello to me' }] };
  context.call = { format: 'chat', model, isStream, fields, json: {} } as unknown as ModelCall;
  context.target = { upstream: UPSTREAM, servedModel: model };
  if (!isUncalled) aTry(context);
  return context;
}

function aTry(context: RequestContext): void {
  context.tries.push({
    upstream: 'local',
    model: 'gpt-4o',
    startedAt: new Date(),
    durationMs: null,
    httpStatus: null,
    error: null,
  });
}

const usageOf = (inputTokens: number, outputTokens: number): TokenUsage => ({ ...NO_USAGE, inputTokens, outputTokens });
const text = (value: string): AnswerEvent => ({ data: `data: {"t":${JSON.stringify(value)}}\n\n`, text: value });
const LAST: AnswerEvent = { data: 'data: [DONE]\n\n', text: '', isLast: true };

function run(context: RequestContext, source: Observable<AnswerEvent>): Observable<AnswerEvent> {
  const execution = { switchToHttp: () => ({ getRequest: () => context.request }) } as unknown as ExecutionContext;
  return interceptor.intercept(execution, { handle: () => source } as CallHandler<AnswerEvent>);
}

const rowsOf = (context: RequestContext): Record<string, unknown>[] =>
  rawConnection(storage.opened.dataSource)
    .prepare('SELECT * FROM requests WHERE request_id = ?')
    .all(context.requestId) as Record<string, unknown>[];
const isOpen = (context: RequestContext): boolean =>
  rawConnection(storage.opened.dataSource)
    .prepare('SELECT 1 FROM opened_requests WHERE request_id = ?')
    .get(context.requestId) !== undefined;
const settled = (): Promise<void> => costs.beforeApplicationShutdown();

/** Lets the opening be committed, so that the source is subscribed to. */
const begun = async (context: RequestContext): Promise<void> => {
  while (!isOpen(context)) await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setImmediate(resolve));
};

interface Ended {
  readonly events: AnswerEvent[];
  readonly error: unknown;
}

function collect(
  answer: Observable<AnswerEvent>,
  onEvent: (event: AnswerEvent) => void = () => undefined,
): Promise<Ended> {
  const events: AnswerEvent[] = [];
  return new Promise((resolve) => {
    answer.subscribe({
      next: (event) => {
        events.push(event);
        onEvent(event);
      },
      error: (error: unknown) => resolve({ events, error }),
      complete: () => resolve({ events, error: undefined }),
    });
  });
}

async function play(context: RequestContext, events: readonly AnswerEvent[], error?: unknown): Promise<Ended> {
  const source = new Subject<AnswerEvent>();
  const ended = collect(run(context, source));
  await begun(context);
  for (const event of events) source.next(event);
  if (error === undefined) source.complete();
  else source.error(error);
  const result = await ended;
  await settled();
  return result;
}

it('commits the row of a call before the upstream is called', async () => {
  const context = aContext();
  let wasOpen = false;
  const source = new Observable<AnswerEvent>((subscriber) => {
    wasOpen = isOpen(context);
    subscriber.next(LAST);
  });
  await collect(run(context, source));
  expect(wasOpen).toBe(true);
});

it('commits how a call ended before the client gets the last event', async () => {
  const context = aContext();
  const source = new Subject<AnswerEvent>();
  const rowsAtEvents: number[] = [];
  const ended = collect(run(context, source), () => rowsAtEvents.push(rowsOf(context).length));
  await begun(context);
  source.next(text('Hello'));
  source.next({ data: '', text: '', usage: usageOf(100, 20) });
  source.next(LAST);
  const { events } = await ended;
  expect(rowsAtEvents).toEqual([0, 0, 1]);
  expect(events.at(-1)).toEqual(LAST);
  expect(rowsOf(context)).toMatchObject([
    {
      status: 'ok',
      input_tokens: 100,
      output_tokens: 20,
      cost_nano_usd: 450_000,
      usage_source: 'upstream',
      http_status: 200,
    },
  ]);
  expect(context.trailers).toEqual({ 'X-Cost-USD': '0.00045' });
  expect(context.settled).toMatchObject({ costNanoUsd: 450_000, usageSource: 'upstream' });
});

it('tells the cost of a buffered answer in a header', async () => {
  const context = aContext({ isStream: false });
  await play(context, [{ data: '{"usage":{}}', text: 'Hello', usage: usageOf(1, 1), isLast: true }]);
  expect(context.responseHeaders['X-Cost-USD']).toBe('0.0000125');
});

it('takes the last report of usage, wherever it stands', async () => {
  const context = aContext();
  await play(context, [
    { ...text('a'), usage: usageOf(10, 1) },
    { ...text('b'), usage: usageOf(10, 2) },
    text('c'),
    LAST,
  ]);
  expect(rowsOf(context)).toMatchObject([
    { input_tokens: 10, output_tokens: 2, usage_source: 'upstream', status: 'ok' },
  ]);
});

it('counts what an upstream did not report', async () => {
  const context = aContext();
  await play(context, [text('Hello '), text('to you'), LAST]);
  const [row] = rowsOf(context);
  expect(row).toMatchObject({ status: 'ok', usage_source: 'estimated', output_tokens: 3 });
  expect(row?.['input_tokens']).toBeGreaterThan(3);
  expect(row?.['cost_nano_usd']).toBe(Number(row?.['input_tokens']) * 2_500 + 3 * 10_000);
});

it('knows no cost where there is no price', async () => {
  const context = aContext({ model: 'mystery' });
  await play(context, [{ ...LAST, usage: usageOf(100, 20) }]);
  expect(rowsOf(context)).toMatchObject([
    { cost_nano_usd: null, price: null, input_tokens: 100, usage_source: 'upstream' },
  ]);
  expect(context.trailers).toEqual({});
});

it('charges nothing for an upstream that failed before it answered', async () => {
  const context = aContext();
  const error = new GatewayError({
    status: 503,
    type: 'upstream_error',
    code: 'upstream_error',
    message: 'ann@example.com said no',
  });
  const { error: thrown } = await play(context, [], error);
  expect(thrown).toBe(error);
  expect(rowsOf(context)).toMatchObject([
    {
      status: 'failed',
      http_status: 503,
      cost_nano_usd: 0,
      usage_source: 'none',
      error_code: 'upstream_error',
      error_message: '[redacted] said no',
    },
  ]);
});

it("keeps no upstream's words of a request whose text is not to be stored", async () => {
  const context = aContext();
  context.isTextUnlogged = true;
  await play(
    context,
    [],
    new GatewayError({ status: 400, type: 'x', code: 'bad', message: 'You wrote: hello', source: 'upstream' }),
  );
  expect(rowsOf(context)).toMatchObject([{ status: 'failed', error_code: 'bad', error_message: null }]);
});

it('charges what had come of a stream that broke', async () => {
  const context = aContext();
  await play(context, [text('Hello to you')], new Error('boom'));
  const [row] = rowsOf(context);
  expect(row).toMatchObject({
    status: 'partial',
    usage_source: 'estimated',
    output_tokens: 3,
    error_code: 'internal_error',
  });
  expect(row?.['cost_nano_usd']).toBeGreaterThan(0);
});

it('records as rejected what failed before an upstream was tried', async () => {
  const context = aContext({ isUncalled: true });
  await play(
    context,
    [],
    new GatewayError({ status: 404, type: 'invalid_request_error', code: 'model_not_found', message: 'no' }),
  );
  expect(rowsOf(context)).toMatchObject([{ status: 'rejected', http_status: 404, cost_nano_usd: 0, attempts: 0 }]);
});

describe('when the client leaves', () => {
  const leave = async (
    context: RequestContext,
    events: readonly AnswerEvent[],
    atTeardown = () => {},
  ): Promise<void> => {
    const source = new Subject<AnswerEvent>();
    const subscription = run(
      context,
      new Observable<AnswerEvent>((out) => source.subscribe(out).add(atTeardown)),
    ).subscribe();
    await begun(context);
    for (const event of events) source.next(event);
    subscription.unsubscribe();
    await settled();
  };

  it('counts what was sent and received, and adds it to what was reported before', async () => {
    const context = aContext();
    await leave(context, [{ ...text(''), usage: usageOf(50, 1) }, text('Hello to you')]);
    expect(rowsOf(context)).toMatchObject([
      { status: 'aborted', usage_source: 'estimated', input_tokens: 50, output_tokens: 4, http_status: 499 },
    ]);
  });

  it("takes the provider's report when it had come", async () => {
    const context = aContext();
    await leave(context, [text('Hello to you'), { data: '', text: '', usage: usageOf(50, 3) }]);
    expect(rowsOf(context)).toMatchObject([
      { status: 'aborted', usage_source: 'upstream', input_tokens: 50, output_tokens: 3 },
    ]);
  });

  it('counts the prompt when the upstream was at work and had not answered', async () => {
    const context = aContext();
    await leave(context, []);
    const [row] = rowsOf(context);
    expect(row).toMatchObject({ status: 'aborted', usage_source: 'estimated', output_tokens: 0 });
    expect(row?.['input_tokens']).toBeGreaterThan(3);
  });

  it('charges nothing between two tries, for the first had failed', async () => {
    const context = aContext();
    context.tries[0]!.error = 'upstream_error';
    await leave(context, []);
    expect(rowsOf(context)).toMatchObject([{ status: 'aborted', usage_source: 'none', cost_nano_usd: 0 }]);
  });

  it('has the texts and the ending of the teardown', async () => {
    const context = aContext();
    await leave(context, [text('Hello')], () => {
      context.prompt.responsePreview = 'Hello';
    });
    expect(rowsOf(context)).toMatchObject([{ response_preview: 'Hello' }]);
  });

  it('makes no call when the client left before the row was committed', async () => {
    const context = aContext({ isUncalled: true });
    let isCalled = false;
    const source = new Observable<AnswerEvent>(() => {
      isCalled = true;
    });
    run(context, source).subscribe().unsubscribe();
    await begun(context).then(settled);
    expect(isCalled).toBe(false);
    expect(rowsOf(context)).toMatchObject([{ status: 'aborted', cost_nano_usd: 0, attempts: 0 }]);
  });
});

describe('for a client that wants the cost', () => {
  it('puts it into the usage of a buffered body', async () => {
    const context = aContext({ isStream: false, wantsCost: true });
    const data = '{"id": 1e400, "usage": {"prompt_tokens": 100}}';
    const { events } = await play(context, [{ data, text: '', usage: usageOf(100, 20), isLast: true }]);
    expect(events[0]?.data).toBe('{"id": 1e400, "usage": {"prompt_tokens": 100,"cost":0.00045}}');
  });

  it('puts it into the usage of a stream, whose other lines stay', async () => {
    const context = aContext({ wantsCost: true });
    const data = 'event: x\ndata: {"usage":{"prompt_tokens":100}}\n\n';
    const { events } = await play(context, [{ data, text: '', usage: usageOf(100, 20) }, LAST]);
    expect(events.map((event) => event.data)).toEqual([
      'event: x\ndata: {"usage":{"prompt_tokens":100,"cost":0.00045}}\n\n',
      LAST.data,
    ]);
  });
});

it('settles every call once, whatever happens in whatever order', async () => {
  const step = fc.oneof(
    fc.constant<'text'>('text'),
    fc.constant<'usage'>('usage'),
    fc.constant<'last'>('last'),
    fc.constant<'complete'>('complete'),
    fc.constant<'error'>('error'),
    fc.constant<'leave'>('leave'),
    fc.constant<'tick'>('tick'),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const context = aContext();
      const source = new Subject<AnswerEvent>();
      const subscription = run(context, source).subscribe({ error: () => undefined });
      await begun(context);
      let expected = 'aborted';
      let hasText = false;
      let isOver = false;
      for (const one of steps) {
        if (one === 'tick') await new Promise((resolve) => setImmediate(resolve));
        if (one === 'text') source.next(text('x'));
        if (one === 'usage') source.next({ data: '', text: '', usage: usageOf(7, 3) });
        if (one === 'last') source.next(LAST);
        if (one === 'complete') source.complete();
        if (one === 'error') source.error(new Error('boom'));
        if (one === 'leave') subscription.unsubscribe();
        if (isOver) continue;
        hasText ||= one === 'text';
        isOver = one === 'last' || one === 'complete' || one === 'error' || one === 'leave';
        if (one === 'last' || one === 'complete') expected = 'ok';
        if (one === 'error') expected = hasText ? 'partial' : 'failed';
      }
      subscription.unsubscribe();
      await settled();
      expect(rowsOf(context).map(({ status }) => status)).toEqual([expected]);
      expect(isOpen(context)).toBe(false);
    }),
    { numRuns: 300 },
  );
});

it('knows no cost where audio is sold by the hour and its length was not reported', () => {
  const context = aContext({ model: 'whisper-1' });
  const upstream = { ...UPSTREAM, name: 'openai', baseUrl: 'https://api.openai.com/v1' };
  context.target = { upstream, servedModel: 'whisper-1' };
  const costOf = (usage: Partial<TokenUsage>): number | null =>
    costs.costOf(context, { ...NO_USAGE, ...usage }, 'upstream').costNanoUsd;
  expect(costOf({ inputTokens: 12 })).toBeNull();
  expect(costOf({ audioMs: 3_600_000 })).toBe(360_000_000);
});
