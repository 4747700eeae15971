import fc from 'fast-check';
import { AuditIds } from './audit-id.js';

it('gives greater ids later, whatever the clock does', () => {
  const clock = fc.array(fc.integer({ min: 0, max: 36 ** 9 - 100_000 }), { minLength: 2 });
  fc.assert(
    fc.property(clock, (times) => {
      const ids = new AuditIds();
      const made = times.flatMap((at) => [ids.next(at), ids.next(at)]);
      expect(made).toEqual(made.toSorted());
      expect(new Set(made).size).toBe(made.length);
    }),
  );
});
