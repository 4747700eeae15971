import type { IncomingMessage } from 'node:http';
import { Inject, Injectable, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import {
  InjectThrottlerOptions,
  InjectThrottlerStorage,
  ThrottlerGuard,
  type ThrottlerModuleOptions,
  type ThrottlerRequest,
} from '@nestjs/throttler';
import { GATEWAY_CONFIG } from '../config/config.module.js';
import type { GatewayConfig } from '../config/gateway-config.js';
import { contextOf, type LimitReading, type RequestContext } from '../http/request-context.js';
import { RateLimitExceededError } from './auth-errors.js';
import { addressBlockOf } from './client-address.js';
import { rateLimitHeaders } from './rate-limit-headers.js';
import { RequestWindows, type WindowReading } from './request-windows.js';

const WINDOW_MS = 60_000;

/** Requests a minute of a caller; 0 = none. What the key says beats the configuration. */
export function requestsPerMinute(context: RequestContext, config: GatewayConfig): number {
  return context.caller.limits?.rpm ?? config.limits.rpm;
}

/** Options of the throttler: one window of a minute, as large as the caller's limit. */
export function throttlerOptions(config: GatewayConfig): ThrottlerModuleOptions {
  return [{ ttl: WINDOW_MS, limit: (execution) => requestsPerMinute(contextOfExecution(execution), config) }];
}

/**
 * Limits requests per key, else per client address. The headers, the error and the record show one reading; a
 * request that the gateway refuses later gives its unit back.
 */
@Injectable()
export class KeyThrottlerGuard extends ThrottlerGuard {
  constructor(
    @InjectThrottlerOptions() options: ThrottlerModuleOptions,
    @InjectThrottlerStorage() private readonly windows: RequestWindows,
    reflector: Reflector,
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
  ) {
    super(options, windows, reflector);
  }

  /** Asked before the throttler looks for decorators of its own, which costs more than counting. */
  protected override shouldSkip(execution: ExecutionContext): Promise<boolean> {
    return Promise.resolve(requestsPerMinute(contextOfExecution(execution), this.config) === 0);
  }

  protected override async handleRequest({ context: execution, limit, ttl }: ThrottlerRequest): Promise<boolean> {
    const context = contextOfExecution(execution);
    const key = limitKeyOf(context);
    const window = await this.windows.increment(key, ttl, limit);
    show(readingOf(limit, window), context);
    if (window.isBlocked) throw new RateLimitExceededError(limit, window.resetMs);
    context.onEnd(({ status }) => {
      if (status === 'rejected') this.giveBack(key, window.windowId, limit, context);
    });
    return true;
  }

  private giveBack(key: string, windowId: number, limit: number, context: RequestContext): void {
    const window = this.windows.refund(key, windowId);
    if (window) show(readingOf(limit, window), context);
  }
}

/**
 * A key with a limit of its own is counted for itself; the others of a person share that person's window, so that
 * more keys are not more requests. Callers without a key are counted by their address.
 */
function limitKeyOf({ caller, clientAddress }: RequestContext): string {
  if (caller.kind === 'anonymous') return `address:${addressBlockOf(clientAddress)}`;
  return caller.limits?.rpm === undefined ? (caller.userId ?? caller.keyId) : caller.keyId;
}

function readingOf(limit: number, window: WindowReading): LimitReading {
  return { limit, remaining: Math.max(0, limit - window.totalHits), resetMs: Math.ceil(window.resetMs) };
}

function show(reading: LimitReading, context: RequestContext): void {
  context.limits.requests = reading;
  Object.assign(context.responseHeaders, rateLimitHeaders(reading));
}

function contextOfExecution(execution: ExecutionContext): RequestContext {
  return contextOf(execution.switchToHttp().getRequest<IncomingMessage>());
}
