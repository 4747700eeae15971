import { AuthenticationFloodError, InvalidApiKeyError } from './auth-errors.js';
import { FailedAuthentications } from './failed-authentications.js';

describe('FailedAuthentications', () => {
  const error = new InvalidApiKeyError();

  it('answers 401 up to the limit of an address, then 429 until the minute is over', () => {
    let now = 0;
    const failures = new FailedAuthentications(3, () => now);
    const refused = Array.from({ length: 4 }, () => failures.refuse('203.0.113.1', error));
    expect(refused.slice(0, 3)).toEqual([error, error, error]);
    expect(refused[3]).toBeInstanceOf(AuthenticationFloodError);
    expect(refused[3]).toMatchObject({ status: 429, retryAfterMs: 60_000 });
    expect(failures.refuse('203.0.113.2', error)).toBe(error);
    now = 60_000;
    expect(failures.refuse('203.0.113.1', error)).toBe(error);
  });

  it('counts a whole IPv6 network as one address', () => {
    const failures = new FailedAuthentications(1, () => 0);
    failures.refuse('2001:db8::1', error);
    expect(failures.refuse('2001:db8::2', error)).toBeInstanceOf(AuthenticationFloodError);
  });

  it('has no limit at 0', () => {
    const failures = new FailedAuthentications(0);
    for (let index = 0; index < 1_000; index += 1) expect(failures.refuse('::1', error)).toBe(error);
  });
});
