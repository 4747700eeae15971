import { NO_USAGE } from '../../libs/usage/token-usage.js';
import { BudgetReservations } from './budget-reservations.js';
import { CallReservation } from './call-reservation.js';

const NOON = Date.UTC(2026, 10, 24, 12);
/** 1 nano-USD a token. */
const PRICE = { input: 1_000, output: 1_000, source: 'override' };

function aReservation(book: BudgetReservations): CallReservation {
  const usage = { inputTokens: 10, outputTokens: 5, price: PRICE };
  return new CallReservation(book.hold(['key_1', 'usr_1'], 15, NOON), usage);
}

describe('CallReservation', () => {
  it('is raised by an answer that outgrows it, and by what the upstream reports; never lowered', () => {
    const book = new BudgetReservations();
    const reservation = aReservation(book);
    for (let word = 0; word < 5; word += 1) reservation.grow(' sea');
    expect(reservation.amount).toBe(15);
    reservation.grow(' sea');
    expect(reservation.amount).toBe(18);
    expect(book.heldSince('usr_1', NOON - 86_400_000)).toBe(18);
    reservation.report({ ...NO_USAGE, inputTokens: 20, outputTokens: 20 });
    reservation.report({ ...NO_USAGE, inputTokens: 1 });
    expect(reservation.amount).toBe(40);
  });

  it('holds the cost until its row is committed, then nothing for good', () => {
    const book = new BudgetReservations();
    const reservation = aReservation(book);
    reservation.fix(3);
    expect(reservation.amount).toBe(3);
    reservation.release();
    reservation.fix(9);
    reservation.grow(' sea'.repeat(100));
    expect(book.size).toBe(0);
  });
});
