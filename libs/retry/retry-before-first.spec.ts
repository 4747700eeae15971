import { concat, defer, EMPTY, NEVER, Observable, of, Subject, throwError, timer } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { RetryBudget } from './retry-budget.js';
import { retryBeforeFirst, type RetryBeforeFirstOptions, type RetryNotice } from './retry-before-first.js';
import { DEFAULT_RETRY_POLICY } from './retry-policy.js';

class UpstreamFailure extends Error {
  constructor(readonly options: { isFinal?: boolean; isStale?: boolean; retryAfterMs?: number } = {}) {
    super('upstream failed');
  }
}

/** Virtual time; the jitter is all of the span, so the delays are 1, 2 and 4 s. */
function inVirtualTime(run: (world: World) => void): void {
  const scheduler = new TestScheduler((actual, expected) => {
    expect(actual).toEqual(expected);
  });
  scheduler.run(({ flush }) => {
    run(new World(scheduler, flush));
  });
}

class World {
  readonly notices: RetryNotice[] = [];
  readonly startedAtMs: number[] = [];
  readonly outcome: unknown[] = [];
  mayRetry = true;

  constructor(
    readonly scheduler: TestScheduler,
    readonly flush: () => void,
  ) {}

  options(changes: Partial<RetryBeforeFirstOptions> = {}): RetryBeforeFirstOptions {
    return {
      policy: DEFAULT_RETRY_POLICY,
      budget: new RetryBudget({ now: () => this.scheduler.now() }),
      deadlineAtMs: () => 600_000,
      isRetryable: (error) => error instanceof UpstreamFailure && error.options.isFinal !== true,
      retryAfterMs: (error) => (error instanceof UpstreamFailure ? error.options.retryAfterMs : undefined),
      mayRetry: () => this.mayRetry,
      isFreeRetry: (error) => error instanceof UpstreamFailure && error.options.isStale === true,
      onRetry: (notice) => this.notices.push(notice),
      now: () => this.scheduler.now(),
      random: () => 1 - Number.EPSILON,
      scheduler: this.scheduler,
      ...changes,
    };
  }

  /** Each subscription runs the next try; the last one is repeated. */
  source(...tries: readonly Observable<string>[]): Observable<string> {
    return defer(() => {
      this.startedAtMs.push(this.scheduler.now());
      return tries[Math.min(this.startedAtMs.length, tries.length) - 1] ?? EMPTY;
    });
  }

  watch(answer: Observable<string>): void {
    answer.subscribe({
      next: (value) => this.outcome.push(value),
      error: (error: unknown) => this.outcome.push(error, `failed at ${this.scheduler.now()}`),
      complete: () => this.outcome.push('complete'),
    });
  }
}

const failing = (options = {}) => throwError(() => new UpstreamFailure(options));

describe('retryBeforeFirst', () => {
  it('passes an answer that comes at once', () => {
    inVirtualTime((world) => {
      world.watch(world.source(of('a', 'b')).pipe(retryBeforeFirst(world.options())));
      world.flush();
      expect(world.outcome).toEqual(['a', 'b', 'complete']);
      expect(world.notices).toEqual([]);
    });
  });

  it('tries again with growing delays and passes the answer of the last try', () => {
    inVirtualTime((world) => {
      const source = world.source(failing(), failing(), failing(), of('a'));
      world.watch(source.pipe(retryBeforeFirst(world.options())));
      world.flush();
      expect(world.startedAtMs).toEqual([0, 1_000, 3_000, 7_000]);
      expect(world.outcome).toEqual(['a', 'complete']);
      expect(world.notices.map(({ attempt, delayMs, isFree }) => [attempt, delayMs, isFree])).toEqual([
        [1, 1_000, false],
        [2, 2_000, false],
        [3, 4_000, false],
      ]);
    });
  });

  it('ends with the error of the last try when the retries are spent', () => {
    inVirtualTime((world) => {
      const last = new UpstreamFailure();
      const source = world.source(
        failing(),
        failing(),
        failing(),
        throwError(() => last),
      );
      world.watch(source.pipe(retryBeforeFirst(world.options())));
      world.flush();
      expect(world.startedAtMs).toHaveLength(4);
      expect(world.outcome[0]).toBe(last);
      expect(world.outcome[1]).toBe('failed at 7000');
    });
  });

  it('tells of the error that is final once, and of no other', () => {
    inVirtualTime((world) => {
      const told: unknown[] = [];
      const failures = Array.from({ length: 4 }, () => new UpstreamFailure());
      const options = world.options({ onGiveUp: (error) => told.push(error) });
      world.watch(world.source(...failures.map((error) => throwError(() => error))).pipe(retryBeforeFirst(options)));
      world.flush();
      expect(told).toEqual([failures[3]]);
      expect(told[0]).toBe(failures[3]);
    });
  });

  it('tries once when no retries are configured', () => {
    inVirtualTime((world) => {
      const policy = { ...DEFAULT_RETRY_POLICY, retries: 0 };
      world.watch(world.source(failing()).pipe(retryBeforeFirst(world.options({ policy }))));
      world.flush();
      expect(world.startedAtMs).toHaveLength(1);
      expect(world.outcome[1]).toBe('failed at 0');
    });
  });

  it('takes a final error as it is', () => {
    inVirtualTime((world) => {
      world.watch(world.source(failing({ isFinal: true })).pipe(retryBeforeFirst(world.options())));
      world.flush();
      expect(world.startedAtMs).toEqual([0]);
    });
  });

  it('never repeats text: an error after the first value ends the answer', () => {
    inVirtualTime((world) => {
      world.watch(world.source(concat(of('a'), failing())).pipe(retryBeforeFirst(world.options())));
      world.flush();
      expect(world.startedAtMs).toEqual([0]);
      expect(world.outcome.slice(0, 1)).toEqual(['a']);
      expect(world.outcome[1]).toBeInstanceOf(UpstreamFailure);
    });
  });

  it('keeps what one subscription saw away from the next', () => {
    inVirtualTime((world) => {
      const source = world.source(of('a'), failing(), of('b')).pipe(retryBeforeFirst(world.options()));
      world.watch(source);
      world.watch(source);
      world.flush();
      expect(world.outcome).toEqual(['a', 'complete', 'b', 'complete']);
    });
  });

  it('completes with a source that ends without a value', () => {
    inVirtualTime((world) => {
      world.watch(world.source(EMPTY).pipe(retryBeforeFirst(world.options())));
      world.flush();
      expect(world.outcome).toEqual(['complete']);
    });
  });

  describe('Retry-After', () => {
    it('is never undercut', () => {
      inVirtualTime((world) => {
        const source = world.source(failing({ retryAfterMs: 5_000 }), of('a'));
        world.watch(source.pipe(retryBeforeFirst(world.options({ random: () => 0 }))));
        world.flush();
        expect(world.startedAtMs).toEqual([0, 5_000]);
      });
    });

    it('is not undercut by a timer that rings early', () => {
      inVirtualTime((world) => {
        // The clock starts 7 ms late, as after a busy turn of the event loop: the timer would ring 7 ms early.
        let lateMs = 7;
        const now = () => {
          const time = world.scheduler.now() + lateMs;
          lateMs = 0;
          return time;
        };
        const source = world.source(failing({ retryAfterMs: 1_000 }), of('a'));
        world.watch(source.pipe(retryBeforeFirst(world.options({ now, random: () => 0 }))));
        world.flush();
        expect(world.startedAtMs).toEqual([0, 1_007]);
      });
    });

    it('of more than 30 s ends the tries at once', () => {
      inVirtualTime((world) => {
        const budget = new RetryBudget({ floor: 1, now: () => 0 });
        const source = world.source(failing({ retryAfterMs: 30_001 }));
        world.watch(source.pipe(retryBeforeFirst(world.options({ budget }))));
        world.flush();
        expect(world.startedAtMs).toEqual([0]);
        expect(world.outcome[1]).toBe('failed at 0');
        expect(budget.tryTakeRetry()).toBe(true);
      });
    });

    it('of exactly 30 s is waited for', () => {
      inVirtualTime((world) => {
        world.watch(world.source(failing({ retryAfterMs: 30_000 }), of('a')).pipe(retryBeforeFirst(world.options())));
        world.flush();
        expect(world.startedAtMs).toEqual([0, 30_000]);
      });
    });

    it('beyond the deadline ends the tries at once', () => {
      inVirtualTime((world) => {
        const source = world.source(failing({ retryAfterMs: 5_000 }));
        world.watch(source.pipe(retryBeforeFirst(world.options({ deadlineAtMs: () => 5_000 }))));
        world.flush();
        expect(world.startedAtMs).toEqual([0]);
        expect(world.outcome[1]).toBe('failed at 0');
      });
    });
  });

  it('does not start a wait that would pass the deadline', () => {
    inVirtualTime((world) => {
      world.watch(world.source(failing()).pipe(retryBeforeFirst(world.options({ deadlineAtMs: () => 6_000 }))));
      world.flush();
      expect(world.startedAtMs).toEqual([0, 1_000, 3_000]);
      expect(world.outcome[1]).toBe('failed at 3000');
    });
  });

  it('ends with the error when the upstream has no retries left', () => {
    inVirtualTime((world) => {
      const budget = new RetryBudget({ floor: 1, now: () => world.scheduler.now() });
      world.watch(world.source(failing()).pipe(retryBeforeFirst(world.options({ budget }))));
      world.flush();
      expect(world.startedAtMs).toEqual([0, 1_000]);
      expect(world.outcome[1]).toBe('failed at 1000');
    });
  });

  it('records one first try for each call, whatever its retries', () => {
    inVirtualTime((world) => {
      let firstTries = 0;
      const budget = { recordFirstTry: () => void (firstTries += 1), tryTakeRetry: () => true };
      world.watch(world.source(failing(), failing(), of('a')).pipe(retryBeforeFirst(world.options({ budget }))));
      world.flush();
      expect(firstTries).toBe(1);
    });
  });

  describe('a stale reused socket', () => {
    it('costs one free try, at once, out of no budget', () => {
      inVirtualTime((world) => {
        const budget = new RetryBudget({ floor: 0, now: () => 0 });
        const policy = { ...DEFAULT_RETRY_POLICY, retries: 0 };
        const source = world.source(failing({ isStale: true }), of('a'));
        world.watch(source.pipe(retryBeforeFirst(world.options({ budget, policy }))));
        world.flush();
        expect(world.startedAtMs).toEqual([0, 0]);
        expect(world.outcome).toEqual(['a', 'complete']);
        expect(world.notices).toMatchObject([{ attempt: 0, delayMs: 0, isFree: true }]);
      });
    });

    it('is free once: the next one counts', () => {
      inVirtualTime((world) => {
        const source = world.source(failing({ isStale: true }), failing({ isStale: true }), of('a'));
        world.watch(source.pipe(retryBeforeFirst(world.options())));
        world.flush();
        expect(world.startedAtMs).toEqual([0, 0, 1_000]);
        expect(world.notices.map(({ isFree }) => isFree)).toEqual([true, false]);
      });
    });

    it('is not tried again once the client has something', () => {
      inVirtualTime((world) => {
        world.mayRetry = false;
        world.watch(world.source(failing({ isStale: true })).pipe(retryBeforeFirst(world.options())));
        world.flush();
        expect(world.startedAtMs).toEqual([0]);
      });
    });
  });

  it('does not retry once something was committed to the client', () => {
    inVirtualTime((world) => {
      world.mayRetry = false;
      world.watch(world.source(failing()).pipe(retryBeforeFirst(world.options())));
      world.flush();
      expect(world.startedAtMs).toEqual([0]);
    });
  });

  it('does not start a try that became due after something was committed to the client', () => {
    inVirtualTime((world) => {
      timer(500, world.scheduler).subscribe(() => {
        world.mayRetry = false;
      });
      world.watch(world.source(failing()).pipe(retryBeforeFirst(world.options())));
      world.flush();
      expect(world.startedAtMs).toEqual([0]);
      expect(world.outcome[1]).toBe('failed at 1000');
    });
  });

  describe('a client that leaves', () => {
    it('in backoff ends the wait: no timer is left and no try follows', () => {
      inVirtualTime((world) => {
        const call = world.source(failing(), of('a')).pipe(retryBeforeFirst(world.options())).subscribe();
        expect(world.scheduler.actions).toHaveLength(1);
        call.unsubscribe();
        world.flush();
        expect(world.startedAtMs).toEqual([0]);
        expect(world.scheduler.now()).toBe(0);
      });
    });

    it('during a try tears that try down once', () => {
      let teardowns = 0;
      const hanging = new Observable<string>(() => () => void (teardowns += 1));
      inVirtualTime((world) => {
        const call = world.source(failing(), hanging).pipe(retryBeforeFirst(world.options())).subscribe();
        timer(2_000, world.scheduler).subscribe(() => {
          call.unsubscribe();
        });
        world.flush();
        expect(world.startedAtMs).toEqual([0, 1_000]);
        expect(teardowns).toBe(1);
      });
    });

    it('before the error leaves nothing behind', () => {
      inVirtualTime((world) => {
        const upstream = new Subject<string>();
        const call = world.source(upstream, NEVER).pipe(retryBeforeFirst(world.options())).subscribe();
        call.unsubscribe();
        expect(upstream.observed).toBe(false);
        upstream.error(new UpstreamFailure());
        world.flush();
        expect(world.startedAtMs).toEqual([0]);
      });
    });
  });

  it('passes on what the callbacks throw, in the place of the error', () => {
    inVirtualTime((world) => {
      const broken = new Error('broken callback');
      const isRetryable = () => {
        throw broken;
      };
      world.watch(world.source(failing()).pipe(retryBeforeFirst(world.options({ isRetryable }))));
      world.flush();
      expect(world.outcome[0]).toBe(broken);
    });
  });
});
