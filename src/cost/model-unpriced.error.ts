import { GatewayError } from '../http/gateway-error.js';

/** Calls of unknown price are not allowed here (`AI_GATEWAY_UNPRICED=deny`). */
export class ModelUnpricedError extends GatewayError {
  constructor(model: string) {
    super({
      status: 403,
      type: 'permission_error',
      code: 'model_unpriced',
      message: `The price of the model '${model.slice(0, 128)}' is unknown, and this gateway refuses calls without a price. An administrator can set one.`,
      param: 'model',
    });
  }
}
