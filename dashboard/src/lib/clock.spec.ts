import { dayGroup, exactTime, formatAge, formatMinute, formatTime } from './clock.js';

const now = new Date('2026-11-24T15:00:00Z');
const berlin = { now, locale: 'en-GB', timeZone: 'Europe/Berlin' };

describe('clock', () => {
  it('shows today as a time on the reader’s clock', () => {
    expect(formatTime('2026-11-24T14:03:27.512Z', berlin)).toBe('15:03:27.512');
  });

  it('puts the date before another day, and the year before another year', () => {
    expect(formatTime('2026-11-22T23:30:00.000Z', berlin)).toBe('23 Nov 00:30:00.000');
    expect(formatMinute('2025-01-02T12:00:00Z', berlin)).toBe('2 Jan 2025 13:00');
  });

  it('shows UTC when the reader wants it', () => {
    expect(formatMinute('2026-11-24T14:03:27.512Z', { ...berlin, clock: 'utc' })).toBe('14:03');
  });

  it('gives the exact time with its age', () => {
    expect(exactTime('2026-11-24T14:57:00.000Z', now)).toBe('2026-11-24T14:57:00.000Z, 3 min ago');
    expect(formatAge('2026-11-25T00:00:00Z', now)).toBe('in 9 h');
  });

  it.each([
    ['2026-11-24T00:10:00Z', 'Today'],
    ['2026-11-23T12:00:00Z', 'Yesterday'],
    ['2026-11-18T12:00:00Z', 'Last week'],
    ['2026-11-01T12:00:00Z', 'Last month'],
    ['2026-01-01T12:00:00Z', 'Older'],
  ])('groups %s under %s', (iso, group) => {
    expect(dayGroup(iso, berlin)).toBe(group);
  });
});
