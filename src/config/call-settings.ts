import type { EnvironmentReader } from './environment-reader.js';
import { LONGEST_TIMER_MS, wholeNumber } from './field-schemas.js';
import type { LimitsConfig, RetryConfig, TimeoutsConfig } from './gateway-config.js';

const HIGHEST_RPM = 1_000_000_000;

/** How often and how long one call may try. */
export function readCallSettings(reader: EnvironmentReader): {
  readonly limits: LimitsConfig;
  readonly retry: RetryConfig;
  readonly timeouts: TimeoutsConfig;
} {
  const duration = wholeNumber(1, LONGEST_TIMER_MS);
  return {
    limits: {
      rpm: reader.read('AI_GATEWAY_RATE_LIMIT_RPM', wholeNumber(0, HIGHEST_RPM)),
      floodRpm: reader.read('AI_GATEWAY_FLOOD_RPM', wholeNumber(1, HIGHEST_RPM)),
    },
    retry: {
      attempts: reader.read('AI_GATEWAY_RETRY_ATTEMPTS', wholeNumber(0, 100)),
      delayMs: reader.read('AI_GATEWAY_RETRY_DELAY_MS', wholeNumber(0, LONGEST_TIMER_MS)),
    },
    timeouts: {
      connectMs: reader.read('AI_GATEWAY_CONNECT_TIMEOUT_MS', duration),
      firstEventMs: reader.read('AI_GATEWAY_FIRST_EVENT_TIMEOUT_MS', duration),
      idleMs: reader.read('AI_GATEWAY_IDLE_TIMEOUT_MS', duration),
      totalMs: reader.read('AI_GATEWAY_TIMEOUT_MS', duration),
      streamMs: reader.read('AI_GATEWAY_STREAM_TIMEOUT_MS', duration),
      keepAliveMs: reader.read('AI_GATEWAY_KEEPALIVE_MS', duration),
    },
  };
}
