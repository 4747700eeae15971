import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Server } from 'node:http';
import { Counter } from 'prom-client';
import { MetricsRegistry } from './metrics-registry.js';

type Reason = 'headers_too_large' | 'request_timeout' | 'connection_reset' | 'bad_request';

/** Counts what never became a request: bytes that the HTTP parser refused, and heads that were never whole. */
@Injectable()
export class ParserErrorMetrics implements OnApplicationBootstrap {
  private readonly errors: Counter<'reason'>;

  constructor(
    { registry }: MetricsRegistry,
    private readonly host: HttpAdapterHost,
  ) {
    this.errors = new Counter({
      name: 'ai_gateway_client_errors_total',
      help: 'Connections whose bytes were no request, by reason.',
      labelNames: ['reason'],
      registers: [registry],
    });
  }

  onApplicationBootstrap(): void {
    const server = this.host.httpAdapter.getHttpServer() as Server;
    server.on('clientError', (error: Error & { readonly code?: string }) => this.count(error.code));
  }

  /** @param code Node's code of the parser's error */
  count(code: string | undefined): void {
    this.errors.inc({ reason: reasonOf(code) });
  }
}

function reasonOf(code: string | undefined): Reason {
  switch (code ?? '') {
    case 'HPE_HEADER_OVERFLOW':
      return 'headers_too_large';
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return 'request_timeout';
    case 'ECONNRESET':
    case 'EPIPE':
      return 'connection_reset';
    default:
      return 'bad_request';
  }
}
