import { GatewayError } from '../http/gateway-error.js';

/** The store cannot be used as it is. The message is one sentence or two: what is wrong and what to do. */
export class StorageStartError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'StorageStartError';
  }
}

/** Calls that must be accounted cannot be taken now: the row of the call could not be written. */
export class StorageUnavailableError extends GatewayError {
  constructor(cause?: unknown) {
    super({
      status: 503,
      type: 'overloaded_error',
      code: 'storage_unavailable',
      message: 'The gateway cannot write its records at the moment, so it takes no calls. Try again in a moment.',
      retryAfterMs: 5_000,
      cause,
    });
  }
}
