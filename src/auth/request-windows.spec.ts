import fc from 'fast-check';
import { RequestWindows } from './request-windows.js';

const MINUTE = 60_000;

function atTime(): { now: number; windows: RequestWindows } {
  const clock = { now: 1_000 } as { now: number; windows: RequestWindows };
  clock.windows = new RequestWindows(() => clock.now);
  return clock;
}

describe('RequestWindows', () => {
  it('begins a window with the first request of a key and ends it a minute later', () => {
    const clock = atTime();
    expect(clock.windows.take('key', MINUTE, 2)).toMatchObject({ totalHits: 1, isBlocked: false, resetMs: MINUTE });
    clock.now += 59_999;
    expect(clock.windows.take('key', MINUTE, 2)).toMatchObject({ totalHits: 2, isBlocked: false, resetMs: 1 });
    expect(clock.windows.take('key', MINUTE, 2)).toMatchObject({ totalHits: 2, isBlocked: true, timeToBlockExpire: 1 });
    clock.now += 1;
    expect(clock.windows.take('key', MINUTE, 2)).toMatchObject({ totalHits: 1, isBlocked: false, resetMs: MINUTE });
  });

  it('counts each key for itself', () => {
    const { windows } = atTime();
    windows.take('one', MINUTE, 1);
    expect(windows.take('other', MINUTE, 1).isBlocked).toBe(false);
  });

  it('gives a request back to its own window and to no later one', () => {
    const clock = atTime();
    const { windowId } = clock.windows.take('key', MINUTE, 1);
    expect(clock.windows.refund('key', windowId)).toMatchObject({ totalHits: 0 });
    clock.now += MINUTE;
    clock.windows.take('key', MINUTE, 1);
    expect(clock.windows.refund('key', windowId)).toBeUndefined();
    expect(clock.windows.take('key', MINUTE, 1).isBlocked).toBe(true);
  });

  it('holds no more windows than it may, however many keys come', () => {
    const windows = new RequestWindows(() => 0, 100);
    for (let index = 0; index < 10_000; index += 1) windows.take(`key-${index}`, MINUTE, 1);
    expect(windows.size).toBe(100);
  });

  it('never lets more through in a window than the limit, whatever is refused and given back', () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('take' as const) }),
      fc.record({ kind: fc.constant('refund' as const) }),
      fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 40_000 }) }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.array(step, { maxLength: 60 }), (limit, steps) => {
        const clock = atTime();
        let open: { windowId: number; endsAt: number }[] = [];
        for (const one of steps) {
          if (one.kind === 'wait') clock.now += one.ms;
          open = open.filter(({ endsAt }) => endsAt > clock.now);
          if (one.kind === 'take') {
            const reading = clock.windows.take('key', MINUTE, limit);
            expect(reading.isBlocked).toBe(open.length === limit);
            if (!reading.isBlocked) open.push({ windowId: reading.windowId, endsAt: clock.now + reading.resetMs });
            expect(reading.totalHits).toBe(open.length);
          }
          const last = one.kind === 'refund' ? open.pop() : undefined;
          if (last) clock.windows.refund('key', last.windowId);
        }
      }),
    );
  });
});
