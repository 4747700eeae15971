import fc from 'fast-check';
import { RetryBudget } from './retry-budget.js';

const WINDOW_MS = 10_000;

describe('RetryBudget', () => {
  it('allows the floor when there is little traffic', () => {
    const budget = new RetryBudget({ now: () => 0 });
    budget.recordFirstTry();
    expect(takeAll(budget)).toBe(10);
  });

  it('allows a tenth of the first tries when there is much', () => {
    const budget = new RetryBudget({ now: () => 0 });
    for (let call = 0; call < 1_000; call += 1) budget.recordFirstTry();
    expect(takeAll(budget)).toBe(100);
  });

  it('allows new retries once the old ones have left the window', () => {
    let nowMs = 0;
    const budget = new RetryBudget({ now: () => nowMs });
    expect(takeAll(budget)).toBe(10);
    nowMs = WINDOW_MS - 1;
    expect(takeAll(budget)).toBe(0);
    nowMs = WINDOW_MS + 100;
    expect(takeAll(budget)).toBe(10);
  });

  it('counts a retry that waits until its start has left the window', () => {
    let nowMs = 0;
    const budget = new RetryBudget({ now: () => nowMs });
    expect(takeAll(budget, 8_000)).toBe(10);
    nowMs = WINDOW_MS + 100;
    expect(takeAll(budget)).toBe(0);
    nowMs = 8_000 + WINDOW_MS + 100;
    expect(takeAll(budget)).toBe(10);
  });

  it('takes windows, floors and ratios of another size', () => {
    let nowMs = 0;
    const budget = new RetryBudget({ windowMs: 1_000, floor: 0, ratio: 0.5, now: () => nowMs });
    expect(budget.tryTakeRetry()).toBe(false);
    for (let call = 0; call < 4; call += 1) budget.recordFirstTry();
    expect(takeAll(budget)).toBe(2);
    nowMs = 1_100;
    expect(budget.tryTakeRetry()).toBe(false);
  });

  it('never lets more retries start in any window than the floor or the share of its grants', () => {
    const step = fc.record({
      waitMs: fc.integer({ min: 0, max: 3_000 }),
      firstTries: fc.integer({ min: 0, max: 60 }),
      retries: fc.array(fc.integer({ min: 0, max: 30_000 }), { maxLength: 20 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let nowMs = 0;
        const budget = new RetryBudget({ windowMs: WINDOW_MS, floor: 3, ratio: 0.1, now: () => nowMs });
        const firstTries: number[] = [];
        const starts: number[] = [];
        let highestShare = 0;
        for (const { waitMs, firstTries: count, retries } of steps) {
          nowMs += waitMs;
          for (let call = 0; call < count; call += 1) {
            budget.recordFirstTry();
            firstTries.push(nowMs);
          }
          highestShare = Math.max(highestShare, Math.floor(0.1 * inWindow(firstTries, nowMs)));
          for (const delayMs of retries) if (budget.tryTakeRetry(delayMs)) starts.push(nowMs + delayMs);
        }
        for (const endMs of starts) expect(inWindow(starts, endMs)).toBeLessThanOrEqual(Math.max(3, highestShare));
      }),
    );
  });
});

function inWindow(timesMs: readonly number[], endMs: number): number {
  return timesMs.filter((timeMs) => timeMs > endMs - WINDOW_MS && timeMs <= endMs).length;
}

function takeAll(budget: RetryBudget, delayMs = 0): number {
  let taken = 0;
  while (budget.tryTakeRetry(delayMs)) taken += 1;
  return taken;
}
