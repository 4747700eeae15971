import { Inject, Injectable } from '@nestjs/common';
import { defer, Observable, type Subscriber } from 'rxjs';
import { retryBeforeFirst } from '../../libs/retry/retry-before-first.js';
import { DEFAULT_RETRY_POLICY } from '../../libs/retry/retry-policy.js';
import { GATEWAY_CONFIG } from '../config/config.module.js';
import type { GatewayConfig } from '../config/gateway-config.js';
import type { AnswerEvent } from '../http/answer-event.js';
import { CallsInFlight } from '../http/calls-in-flight.js';
import { countedTries, type RequestContext, type UpstreamTry } from '../http/request-context.js';
import type { Target } from '../http/target.js';
import { ShuttingDownError } from '../http/request-errors.js';
import { TargetHealth } from '../routing/target-health.js';
import { ProviderRegistry } from './providers/provider-registry.js';
import { CallRetryBudget } from './call-retry-budget.js';
import { UpstreamError } from './providers/upstream-error.js';
import type { CallLimits } from './providers/upstream-provider.js';

/** Makes the answer of a call: the provider's events, tried again as long as nothing has reached the client. */
@Injectable()
export class ProxyService {
  constructor(
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
    private readonly providers: ProviderRegistry,
    private readonly health: TargetHealth,
    private readonly inFlight: CallsInFlight,
  ) {}

  /** Subscribing calls the upstream; unsubscribing aborts whatever is under way. */
  answer(context: RequestContext): Observable<AnswerEvent> {
    const { call, target } = context;
    if (!call || !target) throw new Error('a call needs its body and its route before it is answered');
    const { timeouts } = this.config;
    const limits: CallLimits = {
      firstEventMs: timeouts.firstEventMs,
      idleMs: timeouts.idleMs,
      deadlineAtMs: performance.now() + (call.isStream ? timeouts.streamMs : timeouts.totalMs),
    };
    const provider = this.providers.of(target.upstream.kind);
    return this.tried(context, target, limits, () => provider.answer({ context, call, target, limits }));
  }

  /**
   * Records each try, repeats what may be repeated, and ends with the drain.
   * @param attempt one try: calls the upstream when it is subscribed to
   */
  tried(
    context: RequestContext,
    target: Target,
    limits: CallLimits,
    attempt: () => Observable<AnswerEvent>,
    retries = this.config.retry.attempts,
  ): Observable<AnswerEvent> {
    const upstreamStartMs = performance.now();
    const budget = new CallRetryBudget(this.health.of(target.upstream.name).retryBudget);
    const policy = { ...DEFAULT_RETRY_POLICY, retries, baseDelayMs: this.config.retry.delayMs };
    const oneTry = defer(() => attempt()).pipe(recorded(context, target, this.health, upstreamStartMs));
    return oneTry.pipe(
      retryBeforeFirst({
        policy,
        budget,
        deadlineAtMs: () => limits.deadlineAtMs,
        isRetryable: (error) => error instanceof UpstreamError && error.isRetryable,
        retryAfterMs: (error) => (error instanceof UpstreamError ? error.retryAfterMs : undefined),
        mayRetry: () => !context.isCommitted && !context.hasClientLeft && !this.inFlight.isDraining,
        isFreeRetry: (error) => error instanceof UpstreamError && error.isStaleSocket,
        onRetry: ({ isFree }) => {
          const failed = context.tries.at(-1);
          if (isFree && failed) failed.free = true;
        },
        onGiveUp: (error) => {
          context.areRetriesSpent = areSpent(error, retries, countedTries(context), budget);
        },
      }),
      endedByDrain(this.inFlight),
    );
  }
}

/**
 * Whether the gateway gives up on an error because it has no retries left, so that those of an SDK would only multiply
 * the load. After a long `Retry-After` the client's own retry may help.
 */
function areSpent(error: unknown, retries: number, triesMade: number, budget: CallRetryBudget): boolean {
  if (retries === 0 || !(error instanceof UpstreamError) || !error.isRetryable) return false;
  if ((error.retryAfterMs ?? 0) > DEFAULT_RETRY_POLICY.maxRetryAfterMs) return false;
  return triesMade > retries || budget.hasRefused;
}

/** Notes a try in the context as it begins and as it ends, and tells the upstream's health. */
function recorded(context: RequestContext, target: Target, health: TargetHealth, upstreamStartMs: number) {
  return (source: Observable<AnswerEvent>): Observable<AnswerEvent> =>
    new Observable((subscriber: Subscriber<AnswerEvent>) => {
      const startedAtMs = performance.now();
      const upstream = health.of(target.upstream.name);
      const entry: UpstreamTry = {
        upstream: target.upstream.name,
        model: context.isRaw ? null : target.servedModel,
        startedAt: new Date(),
        durationMs: null,
        httpStatus: null,
        error: null,
      };
      context.tries.push(entry);
      upstream.inFlight += 1;
      let hasEvent = false;
      const end = (error: string | null): void => {
        if (entry.durationMs !== null) return;
        entry.durationMs = performance.now() - startedAtMs;
        entry.error = error;
      };
      const subscription = source.subscribe({
        next: (event) => {
          if (!hasEvent) {
            hasEvent = true;
            const nowMs = performance.now();
            context.firstEventAtMs = nowMs;
            context.upstreamWaitMs = nowMs - upstreamStartMs;
            upstream.record(nowMs - startedAtMs, false, nowMs);
          }
          if (event.isLast) end(null);
          subscriber.next(event);
        },
        error: (error: unknown) => {
          const nowMs = performance.now();
          const isUpstreams = error instanceof UpstreamError;
          end(isUpstreams ? (error.code ?? error.type) : 'internal_error');
          if (isUpstreams) {
            entry.httpStatus ??= error.upstreamStatus ?? null;
            if (!hasEvent) context.upstreamWaitMs = nowMs - upstreamStartMs;
            // A client's own mistake says nothing about the upstream.
            if (error.status >= 500 || error.status === 429) upstream.record(nowMs - startedAtMs, true, nowMs);
          }
          subscriber.error(error);
        },
        complete: () => {
          end(null);
          subscriber.complete();
        },
      });
      return () => {
        upstream.inFlight -= 1;
        end('aborted');
        subscription.unsubscribe();
      };
    });
}

/** Lets running calls finish until the drain's time is over; then they end with `shutting_down`. */
function endedByDrain(inFlight: CallsInFlight) {
  return (source: Observable<AnswerEvent>): Observable<AnswerEvent> =>
    new Observable((subscriber: Subscriber<AnswerEvent>) => {
      const takeBack = inFlight.onStop(() => subscriber.error(new ShuttingDownError()));
      const subscription = source.subscribe(subscriber);
      return () => {
        takeBack();
        subscription.unsubscribe();
      };
    });
}
