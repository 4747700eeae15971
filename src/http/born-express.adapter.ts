import { createServer, IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { ExpressAdapter } from '@nestjs/platform-express';
import type { Express, Response } from 'express';
import { refuseConnect } from './client-error.js';
import { findContext } from './request-context.js';

/** Limits of the HTTP server; see contract section "Errors" for what each breach answers. */
const HEADERS_TIMEOUT_MS = 15_000;
const MAX_HEADER_BYTES = 16_384;
/** Above the idle time of usual load balancers (60 s), so that they, not we, close an idle connection. */
const KEEP_ALIVE_TIMEOUT_MS = 65_000;

/**
 * Express sets the prototype of every request and response to its own (`Object.setPrototypeOf`), which turns off V8's
 * fast paths for these objects: 45 µs a call. Requests that are born with that prototype make the call a no-op.
 */
export class BornExpressAdapter extends ExpressAdapter {
  /**
   * Answers of the `/v1` pipeline are written by its outermost interceptor; Nest would send a second one. Every other
   * answer gets the headers that its request has gathered.
   */
  override reply(response: Response, body: unknown, statusCode?: number): unknown {
    if (response.headersSent) return undefined;
    const context = findContext(response.req);
    if (context) for (const [name, value] of Object.entries(context.responseHeaders)) response.setHeader(name, value);
    const answer: unknown = super.reply(response, body, statusCode);
    context?.end({ status: 'ok', httpStatus: response.statusCode, errorCode: null });
    return answer;
  }

  override initHttpServer(): void {
    const app = this.getInstance<Express>();
    class BornRequest extends IncomingMessage {}
    class BornResponse extends ServerResponse {}
    Object.setPrototypeOf(BornRequest.prototype, app.request);
    Object.setPrototypeOf(BornResponse.prototype, app.response);
    Object.assign(app, { request: BornRequest.prototype, response: BornResponse.prototype });
    const server = createServer(
      {
        IncomingMessage: BornRequest,
        ServerResponse: BornResponse,
        headersTimeout: HEADERS_TIMEOUT_MS,
        // The body is timed by its reader, byte by byte: a long upload is no fault.
        requestTimeout: 0,
        connectionsCheckingInterval: 1_000,
        keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
        maxHeaderSize: MAX_HEADER_BYTES,
        // Node would answer these two without a body; see `malformed-request.ts`.
        requireHostHeader: false,
      },
      app,
    );
    server.on('checkExpectation', app);
    server.on('connect', (_request, socket) => refuseConnect(socket as Socket));
    this.setHttpServer(server);
  }
}
