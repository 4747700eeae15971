import { Injectable } from '@nestjs/common';
import type { RequestContext } from '../http/request-context.js';
import { endpointNameOf } from './endpoint-name.js';
import { GatewayLogger } from './gateway-logger.js';
import { RequestMetrics } from './metrics/request-metrics.js';
import { UsageMetrics } from './metrics/usage-metrics.js';
import { levelOf, toRequestLine } from './request-line.js';

const CLIENT_LEFT = 499;

/** Sees every request from its first moment, and tells log and metrics how it ended. */
@Injectable()
export class RequestObserver {
  constructor(
    private readonly logger: GatewayLogger,
    private readonly requests: RequestMetrics,
    private readonly usage: UsageMetrics,
  ) {}

  observe(context: RequestContext): void {
    const { response } = context;
    context.onEnd((ending) => {
      const nowMs = performance.now();
      const endpoint = endpointNameOf(context, ending.httpStatus);
      this.requests.count(context, ending, endpoint, nowMs);
      const level = levelOf(endpoint, ending.httpStatus);
      if (this.logger.isWritten(level)) this.logger.event(level, toRequestLine(context, ending, endpoint, nowMs));
    });
    context.onSettle((settlement) => this.usage.count(context, settlement));
    // Whatever writes an answer without telling its end (files, pages, a client that leaves while its key is looked
    // up) ends with its connection. Those that know more are told of the closing too, so they go first.
    response.once('close', () => {
      if (!context.ended) queueMicrotask(() => endWithConnection(context));
    });
  }
}

function endWithConnection(context: RequestContext): void {
  const { response } = context;
  if (!response.writableFinished) {
    context.end({ status: 'aborted', httpStatus: CLIENT_LEFT, errorCode: 'client_closed_request' });
    return;
  }
  const { statusCode } = response;
  context.end({ status: statusCode < 400 ? 'ok' : 'rejected', httpStatus: statusCode, errorCode: null });
}
