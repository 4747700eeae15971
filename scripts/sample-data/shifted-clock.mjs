/**
 * Moves this process in time: `Date` tells the given moment, which then runs on, or stands still where `stand` says so.
 * Timers and `performance.now()` keep real time.
 */
const RealDate = Date;
let offsetMs = 0;
let standingAtMs = null;

class ShiftedDate extends RealDate {
  constructor(...values) {
    if (values.length === 0) super(ShiftedDate.now());
    else super(...values);
  }

  static now() {
    return standingAtMs ?? RealDate.now() + offsetMs;
  }
}

export function moveTo(ms) {
  globalThis.Date = ShiftedDate;
  standingAtMs = null;
  offsetMs = ms - RealDate.now();
}

export function standAt(ms) {
  globalThis.Date = ShiftedDate;
  standingAtMs = ms;
}
