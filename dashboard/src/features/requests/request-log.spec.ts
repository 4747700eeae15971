import fc from 'fast-check';
import type { PromptLog, PromptLogQuery, RequestRow } from '../../../../libs/contracts/prompt-log.js';
import { PAGES_KEPT, PAGE_SIZE } from './log-pages.js';
import { RequestLog, type LogSnapshot } from './request-log.js';

function aRow(number: number): RequestRow {
  return {
    requestId: `req_${number}`,
    at: new Date(1_700_000_000_000 + number * 1000).toISOString(),
    keyId: 'anonymous',
    userId: null,
    endpoint: '/v1/chat/completions',
    model: 'demo',
    servedModel: 'demo',
    upstream: 'demo',
    stream: false,
    status: 'ok',
    httpStatus: 200,
    inputTokens: 1,
    cachedInputTokens: 0,
    outputTokens: 1,
    reasoningTokens: 0,
    usageSource: 'upstream',
    costUsd: 0,
    latencyMs: 5,
    ttftMs: 2,
    attempts: 1,
    tags: {},
    promptPreview: null,
    responsePreview: null,
    error: null,
  };
}

/** A log as the gateway keeps it; the cursor is the number of the last row given. */
class Ledger {
  readonly asked: PromptLogQuery[] = [];
  constructor(public newest: number) {}

  fetch = (query: PromptLogQuery): Promise<PromptLog> => {
    this.asked.push(query);
    const { limit = 100, cursor, after } = query;
    const top = cursor === undefined ? this.newest : Number(cursor) - 1;
    const bottom = after === undefined ? 1 : Number(after.slice(4)) + 1;
    const numbers = Array.from({ length: Math.max(0, Math.min(limit, top - bottom + 1)) }, (_, index) => top - index);
    const last = numbers.at(-1);
    return Promise.resolve({
      data: numbers.map(aRow),
      nextCursor: last !== undefined && last > bottom ? String(last) : null,
    });
  };
}

function numbersOf({ count, rowAt }: LogSnapshot): (number | null)[] {
  return Array.from({ length: count }, (_, index) => rowAt(index)).map((row) => row && Number(row.requestId.slice(4)));
}

describe('RequestLog', () => {
  it('reads pages by cursor until the end, and never a count', async () => {
    const ledger = new Ledger(450);
    const log = new RequestLog(ledger.fetch, { model: 'demo' });
    await log.restart();
    expect(log.read()).toMatchObject({ count: PAGE_SIZE, hasOlder: true });
    await log.loadOlder();
    await log.loadOlder();
    await log.loadOlder();
    expect(log.read()).toMatchObject({ count: 450, hasOlder: false });
    expect(numbersOf(log.read())).toEqual(Array.from({ length: 450 }, (_, index) => 450 - index));
    expect(ledger.asked).toHaveLength(3);
    expect(ledger.asked.every(({ model }) => model === 'demo')).toBe(true);
  });

  it('holds new rows until they are let in', async () => {
    const ledger = new Ledger(10);
    const log = new RequestLog(ledger.fetch, {});
    await log.restart();
    ledger.newest = 13;
    await log.poll(true);
    expect(log.read()).toMatchObject({ count: 10, waiting: 3 });
    ledger.newest = 14;
    await log.poll(true);
    expect(log.read()).toMatchObject({ count: 10, waiting: 4 });
    await log.admit();
    expect(numbersOf(log.read()).slice(0, 5)).toEqual([14, 13, 12, 11, 10]);
    expect(log.read().waiting).toBe(0);
  });

  it('begins anew when more came than one page holds', async () => {
    const ledger = new Ledger(10);
    const log = new RequestLog(ledger.fetch, {});
    await log.restart();
    ledger.newest = 700;
    await log.poll(true);
    expect(log.read()).toMatchObject({ waiting: PAGE_SIZE, waitingIsMore: true });
    await log.admit();
    expect(numbersOf(log.read())[0]).toBe(700);
    expect(log.read()).toMatchObject({ count: PAGE_SIZE, waiting: 0, waitingIsMore: false });
  });

  it('lets far pages go and reads them again where they are looked at', async () => {
    const ledger = new Ledger(PAGE_SIZE * (PAGES_KEPT + 5));
    const log = new RequestLog(ledger.fetch, {});
    await log.restart();
    while (log.read().hasOlder) await log.loadOlder();
    const { count } = log.read();
    log.see(count - 30, count - 1);
    expect(log.read().rowAt(0)).toBeNull();
    expect(log.read().count).toBe(count);
    ledger.newest += 3;
    await log.poll(false);
    log.see(0, 30);
    await new Promise(setImmediate);
    expect(numbersOf(log.read()).slice(0, 40)).toEqual(Array.from({ length: 40 }, (_, index) => ledger.newest - index));
  });

  it('keeps what it has when a call fails, and says why', async () => {
    const ledger = new Ledger(10);
    let isDown = false;
    const failure = new Error('down');
    const log = new RequestLog((query) => (isDown ? Promise.reject(failure) : ledger.fetch(query)), {});
    await log.restart();
    isDown = true;
    await log.poll(false);
    expect(log.read()).toMatchObject({ count: 10, error: failure });
    isDown = false;
    await log.poll(false);
    expect(log.read().error).toBeNull();
  });

  it('shows every row once and in order, whatever comes when', async () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('come' as const), rows: fc.integer({ min: 1, max: 60 }) }),
      fc.constantFrom(
        { kind: 'older' as const },
        { kind: 'poll' as const },
        { kind: 'hold' as const },
        { kind: 'admit' as const },
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 900 }), fc.array(step, { maxLength: 20 }), async (first, steps) => {
        const ledger = new Ledger(first);
        const log = new RequestLog(ledger.fetch, {});
        await log.restart();
        for (const one of steps) {
          if (one.kind === 'come') ledger.newest += one.rows;
          else if (one.kind === 'older') await log.loadOlder();
          else if (one.kind === 'admit') await log.admit();
          else await log.poll(one.kind === 'hold');
        }
        await log.poll(false);
        const numbers = numbersOf(log.read());
        expect(numbers).toEqual(numbers.map((_, index) => ledger.newest - index));
      }),
      { numRuns: 60 },
    );
  });
});
