import { formatAlike, formatCountdown, formatDistance, formatDuration, formatSeconds } from './duration.js';

const en = 'en-US';

describe('durations', () => {
  it.each([
    [742.4, '742 ms'],
    [999.6, '1.00 s'],
    [2310, '2.31 s'],
    [59_996, '1 min 00 s'],
    [125_000, '2 min 05 s'],
    [11_220_000, '3 h 07 min'],
  ])('prints %p ms as %s', (ms, text) => {
    expect(formatDuration(ms, en)).toBe(text);
  });

  it.each([
    [0, '0.00'],
    [4, '<0.01'],
    [30_000, '30.00'],
  ])('prints %p ms as %s in a column of seconds', (ms, text) => {
    expect(formatSeconds(ms, en)).toBe(text);
  });

  it.each([
    [23_000, '0:23'],
    [22_001, '0:23'],
    [0, '0:00'],
    [725_000, '12:05'],
    [-5, '0:00'],
  ])('counts %p ms down as %s', (ms, text) => {
    expect(formatCountdown(ms)).toBe(text);
  });

  it.each([
    [24_000, '24 s'],
    [540_000, '9 min'],
    [32_400_000, '9 h'],
    [259_200_000, '3 days'],
  ])('says how far %p ms are: %s', (ms, text) => {
    expect(formatDistance(ms)).toBe(text);
  });

  it('prints what is read together in one unit', () => {
    expect(formatAlike([412.4, 2100], en)).toEqual(['412 ms', '2,100 ms']);
    expect(formatAlike([412.4, null, 21_000], en)).toEqual(['0.41 s', null, '21.00 s']);
  });
});
