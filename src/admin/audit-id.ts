import { randomBytes } from 'node:crypto';

const TIME_DIGITS = 9;
const COUNT_DIGITS = 4;
const MAX_COUNT = 36 ** COUNT_DIGITS;

/**
 * Makes ids of which later ones are greater, also within one ms and when the clock is set back: `aud_` with the time
 * and a count in base 36, then random bits.
 */
export class AuditIds {
  private lastMs = 0;
  private count = 0;

  constructor(private readonly random: (bytes: number) => Buffer = randomBytes) {}

  next(nowMs: number): string {
    if (nowMs > this.lastMs) {
      this.lastMs = nowMs;
      this.count = 0;
    } else {
      this.count += 1;
      if (this.count === MAX_COUNT) {
        this.lastMs += 1;
        this.count = 0;
      }
    }
    const time = this.lastMs.toString(36).padStart(TIME_DIGITS, '0');
    const count = this.count.toString(36).padStart(COUNT_DIGITS, '0');
    return `aud_${time}${count}${this.random(6).toString('hex')}`;
  }
}
