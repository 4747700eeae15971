import fc from 'fast-check';
import type { CallerBudget } from '../http/caller.js';
import { BudgetBook } from './budget-book.js';
import { reserveBudgets, tightest } from './budget-limit.js';
import type { Reservation } from './budget-reservations.js';
import { BudgetExceededError, BudgetReservedError } from './limit-errors.js';

const NOON = Date.UTC(2026, 10, 24, 12);
const DAY = 86_400_000;
const KEY: CallerBudget = { holder: 'key_1', limitNanoUsd: 1_000, period: 'day' };
const PERSON: CallerBudget = { holder: 'usr_1', limitNanoUsd: 1_500, period: 'month' };

function aBook(): BudgetBook {
  return new BudgetBook(() => 0);
}

function spend(book: BudgetBook, costNanoUsd: number, startedAt = NOON, keyId = 'key_1'): void {
  book.add({ keyId, userId: 'usr_1', startedAt, costNanoUsd });
}

function reserve(book: BudgetBook, nanoUsd: number, budgets = [KEY], startedAt = NOON): Reservation {
  return reserveBudgets(book, budgets, { nanoUsd, isUncharged: false, startedAt });
}

describe('budgets', () => {
  it('let a call in while nothing is reserved and anything is left, whatever it may cost', () => {
    const book = aBook();
    spend(book, 0);
    reserve(book, 999_999).release();
    spend(book, 999);
    expect(reserve(book, 999_999).amount).toBe(999_999);
  });

  it('tell others’ reservations from money that is spent', () => {
    const book = aBook();
    const first = reserve(book, 600);
    expect(() => reserve(book, 401)).toThrow(BudgetReservedError);
    expect(reserve(book, 400).amount).toBe(400);
    first.release();
    spend(book, 1_000);
    expect(() => reserve(book, 1)).toThrow(BudgetExceededError);
    expect(reserveBudgets(book, [KEY], { nanoUsd: 5, isUncharged: true, startedAt: NOON }).amount).toBe(0);
  });

  it('must all have room, and nothing is held where one has not', () => {
    const book = aBook();
    const other: CallerBudget = { ...KEY, holder: 'key_2' };
    reserve(book, 900, [KEY, PERSON]);
    reserve(book, 500, [other, PERSON]);
    expect(() => reserve(book, 101, [other, PERSON])).toThrow(BudgetReservedError);
    expect(book.standing(other, NOON).reserved).toBe(500);
    spend(book, 1_500, NOON, 'key_3');
    expect(() => reserve(book, 1, [KEY, PERSON])).toThrow(/person/);
  });

  it('name the budget that resets last when several are spent', () => {
    const book = aBook();
    const total: CallerBudget = { ...PERSON, limitNanoUsd: 5, period: 'total' };
    book.standing(KEY, NOON);
    book.standing(total, NOON);
    spend(book, 2_000);
    const refused = refusalOf(() => reserve(book, 1, [KEY, total]));
    expect(refused).toMatchObject({ retryAfterMs: undefined, extra: { limitUsd: 5e-9, resetsAt: null } });
  });

  it('begin anew with the period, and late calls count in the one in which they began', () => {
    const book = aBook();
    spend(book, 1_000);
    book.standing(KEY, NOON);
    spend(book, 1_000);
    reserve(book, 700, [{ ...KEY, limitNanoUsd: 9_000 }]);
    const tomorrow = book.standing(KEY, NOON + DAY);
    expect(tomorrow).toMatchObject({ spent: 0, reserved: 0, resetsAt: Date.UTC(2026, 10, 26) });
    spend(book, 50);
    expect(book.standing(KEY, NOON + DAY).spent).toBe(0);
    spend(book, 60, NOON + DAY);
    expect(book.standing(KEY, NOON + DAY).spent).toBe(60);
  });

  it('read again what was spent when they are not remembered', () => {
    const asked: string[] = [];
    const book = new BudgetBook(
      (holder) => {
        asked.push(holder);
        return 7;
      },
      undefined,
      1,
    );
    for (const budget of [KEY, KEY, PERSON, KEY]) expect(book.standing(budget, NOON).spent).toBe(7);
    expect(asked).toEqual(['key_1', 'usr_1', 'key_1']);
  });

  it('show the one with the least left', () => {
    const book = aBook();
    spend(book, 0);
    expect(tightest([book.standing(PERSON, NOON), book.standing(KEY, NOON)])?.budget).toEqual(KEY);
    expect(tightest([])).toBeUndefined();
  });

  it('are never passed by more than one call, whatever the order of calls, growth, endings and commits', () => {
    const step = fc.record({
      what: fc.constantFrom('call', 'call', 'end', 'commit', 'fail', 'restart'),
      at: fc.nat(),
      nanoUsd: fc.integer({ min: 1, max: 400 }),
      part: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
        let committed = 0;
        let book = new BudgetBook(() => committed);
        let open: { held: Reservation; nanoUsd: number }[] = [];
        let ended: { held: Reservation; cost: number }[] = [];
        for (const { what, at, nanoUsd, part } of steps) {
          if (what === 'call') {
            const others = open.length + ended.filter(({ held }) => held.amount > 0).length;
            const isAnythingLeft = committed < KEY.limitNanoUsd;
            const held = attempt(() => reserve(book, nanoUsd));
            if (others === 0) expect(held !== undefined).toBe(isAnythingLeft);
            if (held) open.push({ held, nanoUsd });
          } else if (what === 'end' && open.length > 0) {
            const [{ held, nanoUsd: most }] = open.splice(at % open.length, 1) as [(typeof open)[0]];
            const cost = Math.floor(most * part);
            held.change(cost);
            ended.push({ held, cost });
          } else if (what === 'commit' && ended.length > 0) {
            const [{ held, cost }] = ended.splice(at % ended.length, 1) as [(typeof ended)[0]];
            committed += cost;
            spend(book, cost);
            held.release();
          } else if (what === 'fail' && open.length > 0) {
            open.splice(at % open.length, 1)[0]?.held.release();
          } else if (what === 'restart') {
            // The process has died: what was under way is gone, what is committed stays.
            book = new BudgetBook(() => committed);
            open = [];
            ended = [];
          }
          expect(committed).toBeLessThan(KEY.limitNanoUsd + 400);
          expect(book.standing(KEY, NOON).spent).toBe(committed);
        }
        for (const { held } of [...open, ...ended]) held.release();
        expect(book.reservations.size).toBe(0);
      }),
    );
  });
});

function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch (error) {
    if (error instanceof BudgetExceededError || error instanceof BudgetReservedError) return undefined;
    throw error;
  }
}

function refusalOf(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}
