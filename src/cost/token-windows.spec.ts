import fc from 'fast-check';
import { TokenWindows, type TokenHold } from './token-windows.js';

function hold(taken: ReturnType<TokenWindows['take']>): TokenHold {
  if ('retryAfterMs' in taken) throw new Error('refused');
  return taken;
}

describe('TokenWindows', () => {
  it('reserves an estimate and puts what was used in its place', () => {
    const windows = new TokenWindows(() => 0);
    const call = hold(windows.take('key', 100, 60));
    expect(call.read()).toEqual({ limit: 100, remaining: 40, resetMs: 60_000 });
    call.correct(25);
    call.correct(99);
    expect(call.read().remaining).toBe(75);
  });

  it('lets a call in while nothing is reserved and anything is left, however large it is', () => {
    const windows = new TokenWindows(() => 0);
    const large = hold(windows.take('key', 100, 5_000));
    expect(windows.take('key', 100, 1)).toMatchObject({ retryAfterMs: 1_000, reading: { remaining: 0 } });
    large.correct(99);
    hold(windows.take('key', 100, 5_000)).correct(1);
    expect(windows.take('key', 100, 1)).toMatchObject({ retryAfterMs: 60_000 });
  });

  it('never refuses what uses no tokens', () => {
    const windows = new TokenWindows(() => 0);
    hold(windows.take('key', 10, 10)).correct(10);
    expect(hold(windows.take('key', 10, 0)).read().remaining).toBe(0);
  });

  it('begins a new window with the first call after a minute; late corrections count in the old one', () => {
    let now = 0;
    const windows = new TokenWindows(() => now);
    const old = hold(windows.take('key', 100, 100));
    now = 60_000;
    const call = hold(windows.take('key', 100, 30));
    old.correct(100);
    expect(call.read()).toEqual({ limit: 100, remaining: 70, resetMs: 60_000 });
  });

  it('holds a bounded number of keys', () => {
    const windows = new TokenWindows(() => 0, 10);
    for (let i = 0; i < 100; i += 1) windows.take(`key_${i}`, 10, 1);
    expect(windows.size).toBe(10);
  });

  it('is passed by one call at most, in any order of calls and endings', () => {
    const step = fc.record({
      tokens: fc.integer({ min: 1, max: 80 }),
      ends: fc.nat(),
      usedPart: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const windows = new TokenWindows(() => 0);
        const open: { call: TokenHold; tokens: number }[] = [];
        let used = 0;
        let largest = 0;
        for (const { tokens, ends, usedPart } of steps) {
          const taken = windows.take('key', 100, tokens);
          if (!('retryAfterMs' in taken)) {
            open.push({ call: taken, tokens });
            largest = Math.max(largest, tokens);
          }
          const [ended] = open.length > 0 && ends % 2 === 0 ? open.splice(ends % open.length, 1) : [];
          if (!ended) continue;
          const spent = Math.floor(ended.tokens * usedPart);
          ended.call.correct(spent);
          used += spent;
        }
        const underWay = open.reduce((sum, { tokens }) => sum + tokens, 0);
        expect(used + underWay).toBeLessThan(100 + Math.max(largest, 1));
      }),
    );
  });
});
