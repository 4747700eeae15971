import { HttpException } from '@nestjs/common';
import { InvalidBodyError } from '../../libs/openai/json-body.js';
import { GatewayError } from './gateway-error.js';
import { InvalidRequestError, NotFoundError } from './request-errors.js';
import { storeFailureOf } from './store-failure.js';

/** Something went wrong inside the gateway; the details are in its log and never in the answer. */
export class InternalError extends GatewayError {
  constructor(cause: unknown) {
    const message = 'Something failed inside the gateway. Its log has the details under this request id.';
    super({ status: 500, type: 'api_error', code: 'internal_error', message, cause });
  }
}

/** Makes every thrown thing an error that knows its answer: ours, the parser's, Nest's and the unforeseen. */
export function toGatewayError(error: unknown): GatewayError {
  if (error instanceof GatewayError) return error;
  if (error instanceof InvalidBodyError) return new InvalidRequestError(error.code, error.message, error.param);
  if (error instanceof HttpException) return fromHttpException(error);
  if (isHttpError(error)) return fromStatus(error.status, error.message);
  return storeFailureOf(error) ?? new InternalError(error);
}

function fromHttpException(error: HttpException): GatewayError {
  return fromStatus(error.getStatus(), error.message, error);
}

function fromStatus(status: number, message: string, cause?: unknown): GatewayError {
  if (status >= 500) return new InternalError(cause ?? new Error(message));
  switch (status) {
    case 404:
      return new NotFoundError('There is nothing at this path. GET /docs lists what there is.');
    case 401:
      return new GatewayError({ status, type: 'authentication_error', code: 'invalid_api_key', message });
    case 403:
      return new GatewayError({ status, type: 'permission_error', code: 'forbidden', message });
    case 429:
      return new GatewayError({ status, type: 'rate_limit_error', code: 'rate_limit_exceeded', message });
    default:
      return new GatewayError({ status, type: 'invalid_request_error', code: 'bad_request', message });
  }
}

/** Errors of Express and its parts (`http-errors`): a path that cannot be decoded, for one. */
function isHttpError(error: unknown): error is Error & { status: number } {
  return error instanceof Error && 'status' in error && typeof error.status === 'number' && error.status >= 400;
}
