import type { GatewayError } from './gateway-error.js';
import type { RequestContext } from './request-context.js';

/**
 * Records calls that a guard refused: interceptors never see those, so the error filter tells the ledger.
 * Implemented by CostModule.
 */
export interface CallRecorder {
  /** Writes the row of a refused call that named a model and whose caller is known; resolves when it is committed. */
  recordRejected(context: RequestContext, error: GatewayError): Promise<void>;
}
export const CallRecorder = Symbol('CallRecorder');
