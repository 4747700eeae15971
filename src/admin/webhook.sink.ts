import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { lookup } from 'node:dns';
import { Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { Agent, request } from 'undici';
import { isRetryableAnswer, nextDelayMs, type RetryPolicy } from '../../libs/retry/retry-policy.js';
import type { WebhookConfig } from '../config/gateway-config.js';
import type { EventSink, GatewayEvent } from '../http/event-sink.js';
import { mustBePublic, publicAgent } from '../http/public-agent.js';
import { webhookSignature } from './webhook-signature.js';

export interface WebhookOptions {
  readonly policy?: RetryPolicy;
  readonly maxWaiting?: number;
  /** How long one delivery may take. */
  readonly timeoutMs?: number;
  /** How long what is left may take at the stop. */
  readonly lastTryMs?: number;
  readonly resolve?: typeof lookup;
}

interface Delivery {
  readonly id: string;
  readonly type: string;
  readonly body: string;
}

const POLICY: RetryPolicy = { retries: 6, baseDelayMs: 1_000, maxDelayMs: 60_000, maxRetryAfterMs: 60_000 };
const MAX_WAITING = 1_000;
const CONNECT_TIMEOUT_MS = 5_000;
const TIMEOUT_MS = 10_000;
const LAST_TRY_MS = 2_000;

/**
 * Sends events to the configured address, one after the other and signed, and tries again when it fails. Whoever emits
 * never waits. Private addresses are refused unless the configured address literally is one; redirects are not followed.
 */
export class WebhookSink implements EventSink, BeforeApplicationShutdown {
  private readonly logger = new Logger('webhook');
  private readonly policy: RetryPolicy;
  private readonly stopping = new AbortController();
  private readonly agent: Agent | undefined;
  private readonly waiting: Delivery[] = [];
  private running: Promise<void> | undefined;

  constructor(
    private readonly config: WebhookConfig | undefined,
    private readonly options: WebhookOptions = {},
  ) {
    this.policy = options.policy ?? POLICY;
    if (!config) return;
    this.agent = mustBePublic(config.url)
      ? publicAgent(CONNECT_TIMEOUT_MS, options.resolve)
      : new Agent({ connections: 1, connect: { timeout: CONNECT_TIMEOUT_MS } });
  }

  emit(event: GatewayEvent): void {
    if (!this.config || this.stopping.signal.aborted) return;
    if (this.waiting.length >= (this.options.maxWaiting ?? MAX_WAITING)) {
      this.logger.warn({ event: 'webhook_event_dropped', type: event.type, waiting: this.waiting.length });
      return;
    }
    try {
      const id = randomUUID();
      const body = JSON.stringify({ id, at: new Date(), ...event });
      this.waiting.push({ id, type: event.type, body });
    } catch (error) {
      this.logger.error({ event: 'webhook_event_unreadable', type: event.type, error: String(error) });
      return;
    }
    this.running ??= this.deliverAll();
  }

  /** Tries once more what is left, and ends. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    const deadline = new AbortController();
    const lastTryMs = this.options.lastTryMs ?? LAST_TRY_MS;
    await Promise.race([this.running, delay(lastTryMs, undefined, { signal: deadline.signal, ref: false })]);
    deadline.abort();
    if (this.waiting.length > 0) this.logger.error({ event: 'webhook_events_lost', count: this.waiting.length });
    this.waiting.length = 0;
    await this.agent?.destroy();
  }

  private async deliverAll(): Promise<void> {
    for (let next = this.waiting[0]; next; next = this.waiting[0]) {
      await this.deliver(next);
      this.waiting.shift();
    }
    // In the turn in which nothing was left, so that no event comes in between.
    this.running = undefined;
  }

  private async deliver(delivery: Delivery): Promise<void> {
    const { id, type } = delivery;
    for (let attempt = 1; ; attempt += 1) {
      const isEnding = this.stopping.signal.aborted;
      const failure = await this.tryOnce(delivery);
      if (failure === undefined) return;
      const isLast = attempt > this.policy.retries || !failure.isRetryable || isEnding;
      this.logger.warn({ event: 'webhook_failed', id, type, attempt, reason: failure.reason, isLast });
      if (isLast) return;
      await this.pause(nextDelayMs(attempt, this.policy));
    }
  }

  /** @returns why it failed; undefined when it was taken */
  private async tryOnce({
    id,
    body,
  }: Delivery): Promise<{ readonly reason: string; readonly isRetryable: boolean } | undefined> {
    if (!this.config || !this.agent) return undefined;
    try {
      const answer = await request(this.config.url, {
        method: 'POST',
        dispatcher: this.agent,
        headers: {
          'content-type': 'application/json',
          'user-agent': 'ai-gateway',
          'x-gateway-event-id': id,
          'x-gateway-signature': webhookSignature(body, this.config.secret.reveal()),
        },
        body,
        signal: AbortSignal.timeout(this.options.timeoutMs ?? TIMEOUT_MS),
      });
      // What it says is of no interest, and must end for the connection to be used again.
      await answer.body.dump({ limit: 65_536 });
      const { statusCode } = answer;
      if (statusCode >= 200 && statusCode < 300) return undefined;
      return { reason: `status ${statusCode}`, isRetryable: isRetryableAnswer(statusCode) };
    } catch (error) {
      const code = codeOf(error);
      return { reason: code, isRetryable: code !== 'ADDRESS_REFUSED' };
    }
  }

  /** Ends early at the stop. */
  private async pause(ms: number): Promise<void> {
    try {
      await delay(ms, undefined, { signal: this.stopping.signal, ref: false });
    } catch (error) {
      if (!this.stopping.signal.aborted) throw error;
    }
  }
}

/** The code of an error; its message may hold the address with a user's password. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
