import fc from 'fast-check';
import { ParallelSlots } from './parallel-slots.js';

describe('ParallelSlots', () => {
  it('frees a slot once, however often it is told to', () => {
    const slots = new ParallelSlots();
    const free = slots.take('key', 2);
    slots.take('key', 2);
    expect(slots.take('key', 2)).toBeUndefined();
    free?.();
    free?.();
    expect(slots.takenOf('key')).toBe(1);
  });

  it('never has more taken than there are, leaks none, and remembers no key without calls', () => {
    const step = fc.record({
      key: fc.constantFrom('a', 'b', 'c'),
      takes: fc.boolean(),
      at: fc.nat(),
      again: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 100 }), fc.integer({ min: 1, max: 4 }), (steps, limit) => {
        const slots = new ParallelSlots();
        const taken: { key: string; free: () => void }[] = [];
        for (const { key, takes, at, again } of steps) {
          if (takes) {
            const free = slots.take(key, limit);
            const inUse = taken.filter((one) => one.key === key).length;
            expect(free === undefined).toBe(inUse >= limit);
            if (free) taken.push({ key, free });
          } else {
            const [one] = taken.length > 0 ? taken.splice(at % taken.length, 1) : [];
            one?.free();
            if (again) one?.free();
          }
        }
        for (const { free } of taken) free();
        expect(slots.size).toBe(0);
      }),
    );
  });
});
