import { Catch, Inject, Logger, NotFoundException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { allowedMethodsOf } from './allowed-methods.js';
import { CallRecorder } from './call-recorder.js';
import { errorBody, errorHeaders } from './error-answer.js';
import type { GatewayError } from './gateway-error.js';
import { ClientLeftError } from './raw-body.js';
import { findContext, type RequestContext } from './request-context.js';
import { MethodNotAllowedError } from './request-errors.js';
import { InternalError, toGatewayError } from './to-gateway-error.js';

/** How long a refused upload is still read, so that its sender can read the refusal before the connection closes. */
const LINGER_MS = 500;

/** Answers every error in the one shape, framework errors included, and tells the ledger of refused calls. */
@Catch()
export class OpenAiErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger('errors');

  constructor(@Inject(CallRecorder) private readonly recorder: CallRecorder) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const response = http.getResponse<Response>();
    const context = findContext(http.getRequest<Request>());
    if (!context || response.headersSent) {
      // Without a context, or after the head, no body can be made any more: the client must see a broken answer.
      this.logger.error({ event: 'late_error', error: describe(thrown) });
      response.destroy();
      return;
    }
    if (thrown instanceof ClientLeftError || context.hasClientLeft) {
      context.end({ status: 'aborted', httpStatus: 499, errorCode: 'client_closed_request' });
      response.destroy();
      return;
    }
    void this.answer(this.toError(thrown, http.getRequest<Request>()), context, response);
  }

  private toError(thrown: unknown, request: Request): GatewayError {
    if (thrown instanceof NotFoundException) {
      const allowed = allowedMethodsOf(request);
      if (allowed.length > 0) return new MethodNotAllowedError(request.method, allowed);
    }
    return toGatewayError(thrown);
  }

  private async answer(error: GatewayError, context: RequestContext, response: Response): Promise<void> {
    if (error instanceof InternalError) {
      this.logger.error({ event: 'internal_error', requestId: context.requestId, error: describe(error.cause) });
    }
    const isRefusal = context.tries.length === 0;
    try {
      if (isRefusal) await this.recorder.recordRejected(context, error);
    } catch (failure) {
      // The refusal costs nothing, so the client is answered all the same.
      this.logger.error({ event: 'refusal_not_recorded', requestId: context.requestId, error: describe(failure) });
    }
    if (response.headersSent || response.destroyed) return;
    const status = isRefusal ? 'rejected' : 'failed';
    // Before the head: limits give back what a refused call has not used, and the headers show the corrected numbers.
    context.end({ status, httpStatus: error.status, errorCode: error.code ?? error.type });
    const body = errorBody(error, context);
    response.writeHead(error.status, errorHeaders(error, context, body));
    if (error.closesConnection && !context.request.complete) lingerThenClose(context);
    response.end(body);
  }
}

/** A socket closed with unread bytes is reset, and a reset can overtake the answer: read on for a moment. */
function lingerThenClose(context: RequestContext): void {
  const { request } = context;
  request.resume();
  const timer = setTimeout(() => request.socket.destroy(), LINGER_MS);
  request.socket.once('close', () => clearTimeout(timer));
}

/** What an unforeseen error may tell the log: its class and where it was thrown; it is never sent to a client. */
function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? `${error.name}: ${error.message}`) : typeof error;
}
