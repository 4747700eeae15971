import { Injectable, Logger } from '@nestjs/common';
import type { CallRecorder } from '../http/call-recorder.js';
import type { GatewayError } from '../http/gateway-error.js';
import type { RequestContext } from '../http/request-context.js';
import { newRequestId } from '../http/request-id.js';
import type { OpenedRow } from '../storage/ledger-rows.js';
import type { Commit } from '../storage/ledger-writer.js';
import { StorageUnavailableError } from '../storage/storage-errors.js';
import { Storage } from '../storage/storage.js';
import { COSTS_NOTHING, type CallCost, type CallOutcome } from './call-outcome.js';
import { toOpenedRow, toSettledRow } from './ledger-row.js';

/** The rows of calls: opened before the upstream is called, settled once, whatever the ending. */
@Injectable()
export class LedgerService implements CallRecorder {
  private readonly logger = new Logger('ledger');
  private readonly opened = new WeakMap<RequestContext, OpenedRow>();

  constructor(private readonly storage: Storage) {}

  /**
   * Opens the row of a call; resolves once it is committed.
   * @throws {StorageUnavailableError} the call must not be made
   */
  async open(context: RequestContext): Promise<void> {
    await this.storage.writer.open(this.rowOf(context));
  }

  /** Settles the row of a call that was opened; resolves once it is committed, kept for later, or lost. Never rejects. */
  async settle(context: RequestContext, outcome: CallOutcome, cost: CallCost): Promise<Commit | 'lost'> {
    const row = toSettledRow(this.rowOf(context), context, outcome, cost);
    try {
      return await this.storage.writer.settle(row);
    } catch (error) {
      // The client paid for its answer and gets it; the loss was told to the log with the row's numbers.
      if (!(error instanceof StorageUnavailableError)) throw error;
      const { requestId, keyId, upstream, status, costNanoUsd } = row;
      this.logger.error({ event: 'call_not_recorded', requestId, keyId, upstream, status, costNanoUsd });
      return 'lost';
    }
  }

  async recordRejected(context: RequestContext, error: GatewayError): Promise<void> {
    const isKnown = context.call !== undefined && error.status !== 401;
    // What the store refused for its own sake would only fill the memory.
    if (!isKnown || this.opened.has(context) || error instanceof StorageUnavailableError) return;
    const outcome: CallOutcome = {
      status: 'rejected',
      httpStatus: error.status,
      errorCode: error.code ?? error.type,
      errorMessage: error.message,
    };
    await this.settle(context, outcome, COSTS_NOTHING);
  }

  private rowOf(context: RequestContext): OpenedRow {
    let row = this.opened.get(context);
    if (!row) {
      this.makeIdUnique(context);
      row = toOpenedRow(context);
      this.opened.set(context, row);
    }
    return row;
  }

  /** An id that the client chose may have a row already. */
  private makeIdUnique(context: RequestContext): void {
    const { requestId } = context;
    if (context.request.headers['x-request-id'] !== requestId) return;
    if (!this.storage.writer.hasRequest(requestId)) return;
    context.renewRequestId(newRequestId());
  }
}
