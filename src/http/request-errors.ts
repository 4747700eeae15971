import { GatewayError } from './gateway-error.js';

/** The request itself is at fault: 400 with a code and, where one field is to blame, its name. */
export class InvalidRequestError extends GatewayError {
  constructor(code: string, message: string, param: string | null = null) {
    super({ status: 400, type: 'invalid_request_error', code, message, param });
  }
}

/** The bytes are no request that the gateway can take, whatever it asks for; the connection is closed. */
export class BadRequestError extends GatewayError {
  constructor(message: string) {
    super({ status: 400, type: 'invalid_request_error', code: 'bad_request', message, closesConnection: true });
  }
}

export class ExpectationError extends GatewayError {
  constructor() {
    const message =
      'The only expectation that is understood is 100-continue. Send the request without an Expect header.';
    super({ status: 417, type: 'invalid_request_error', code: 'bad_request', message, closesConnection: true });
  }
}

export class PayloadTooLargeError extends GatewayError {
  constructor(maxBytes: number) {
    const message = `The request body is larger than the ${maxBytes} bytes that this gateway takes (AI_GATEWAY_MAX_BODY_BYTES).`;
    super({ status: 413, type: 'invalid_request_error', code: 'payload_too_large', message, closesConnection: true });
  }
}

export class UnsupportedMediaTypeError extends GatewayError {
  constructor(message: string) {
    super({ status: 415, type: 'invalid_request_error', code: 'unsupported_media_type', message });
  }
}

export class BodySilenceError extends GatewayError {
  constructor(silenceMs: number) {
    const message = `No byte of the request body arrived for ${silenceMs / 1_000} seconds.`;
    super({ status: 408, type: 'invalid_request_error', code: 'request_timeout', message, closesConnection: true });
  }
}

export class NotFoundError extends GatewayError {
  constructor(message: string) {
    super({ status: 404, type: 'invalid_request_error', code: 'not_found', message });
  }
}

export class ModelNotFoundError extends GatewayError {
  constructor(model: string) {
    const message = `The model '${model.slice(0, 128)}' does not exist here. GET /v1/models lists what does.`;
    super({ status: 404, type: 'invalid_request_error', code: 'model_not_found', message, param: 'model' });
  }
}

export class ModelNotAllowedError extends GatewayError {
  constructor(model: string) {
    const message = `This key may not use the model '${model.slice(0, 128)}'. GET /v1/models lists the models that it may use.`;
    super({ status: 403, type: 'permission_error', code: 'model_not_allowed', message, param: 'model' });
  }
}

export class MethodNotAllowedError extends GatewayError {
  constructor(method: string, allowed: readonly string[], closesConnection = false) {
    super({
      status: 405,
      type: 'invalid_request_error',
      code: 'method_not_allowed',
      message: `${method} is not allowed here; use ${allowed.join(' or ')}.`,
      headers: { Allow: allowed.join(', ') },
      closesConnection,
    });
  }
}

export class OverloadedError extends GatewayError {
  constructor() {
    const message = 'The gateway has as many calls in flight as it may have. Try again in a moment.';
    super({ status: 503, type: 'overloaded_error', code: 'gateway_overloaded', message, retryAfterMs: 1_000 });
  }
}

export class ShuttingDownError extends GatewayError {
  constructor() {
    const message = 'The gateway is being stopped. Send the request again; another instance will take it.';
    super({
      status: 503,
      type: 'overloaded_error',
      code: 'shutting_down',
      message,
      retryAfterMs: 1_000,
      closesConnection: true,
    });
  }
}
