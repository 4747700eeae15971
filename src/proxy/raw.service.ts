import type { IncomingMessage } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import { Observable } from 'rxjs';
import { GATEWAY_CONFIG } from '../config/config.module.js';
import type { GatewayConfig } from '../config/gateway-config.js';
import type { AnswerEvent } from '../http/answer-event.js';
import { ClientPatience } from '../http/client-patience.js';
import { hasBody } from '../http/has-body.js';
import type { RequestContext } from '../http/request-context.js';
import { NotFoundError, PayloadTooLargeError } from '../http/request-errors.js';
import { readByteStream } from './providers/byte-stream.js';
import { decodedReply } from './providers/decoded-body.js';
import { readErrorAnswer } from './providers/error-answer-reader.js';
import { addCredential, outgoingHeaders } from './providers/outgoing-headers.js';
import { isRedirect, redirectRefused } from './providers/status-error.js';
import type { UpstreamReply } from './providers/upstream-body.js';
import { UpstreamClient } from './providers/upstream-client.js';
import type { UpstreamRequest } from './providers/upstream-request.js';
import { Watchdog } from './providers/watchdog.js';
import { ProxyService } from './proxy.service.js';
import { rawUrl } from './raw-paths.js';
import { Upload } from './upload.js';

/** Passes a request to the default upstream and its answer back, bytes both ways. */
@Injectable()
export class RawService {
  constructor(
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
    private readonly client: UpstreamClient,
    private readonly proxy: ProxyService,
    @Inject(ClientPatience) private readonly patience: ClientPatience,
  ) {}

  answer(context: RequestContext, originalUrl: string): Observable<AnswerEvent> {
    const { target, request } = context;
    if (!target) throw new Error('the raw road needs its route');
    const url = rawUrl(target.upstream, originalUrl);
    if (url === undefined) throw new NotFoundError('There is nothing at this path.');
    const { maxBodyBytes } = this.config.server;
    if (Number(request.headers['content-length'] ?? 0) > maxBodyBytes) throw new PayloadTooLargeError(maxBodyBytes);
    const { timeouts } = this.config;
    const limits = {
      firstEventMs: timeouts.totalMs,
      idleMs: timeouts.idleMs,
      deadlineAtMs: performance.now() + timeouts.streamMs,
    };
    // A body that streams through is gone after one try.
    const retries = hasBody(request) ? 0 : this.config.retry.attempts;
    return this.proxy.tried(context, target, limits, () => this.attempt(context, url, limits), retries);
  }

  private attempt(
    context: RequestContext,
    url: string,
    limits: { firstEventMs: number; idleMs: number; deadlineAtMs: number },
  ): Observable<AnswerEvent> {
    return new Observable((subscriber) => {
      const { target } = context;
      if (!target) return;
      const upload = hasBody(context.request) ? this.upload(context.request) : null;
      upload?.on('error', (error) => subscriber.error(error));
      const exchange = this.client.send(this.toRequest(context, url, upload));
      const firstMs = limits.firstEventMs;
      const watchdog = new Watchdog(target.upstream.name, { ...limits, firstMs }, (error) => subscriber.error(error));
      let release = (): void => exchange.abort();
      exchange.reply.then(
        (reply) => {
          const job = { context, target, limits, watchdog, subscriber };
          if (!subscriber.closed) release = readRaw(decodedReply(reply), job);
        },
        (error: unknown) => subscriber.error(error),
      );
      return () => {
        watchdog.stop();
        release();
        upload?.destroy();
      };
    });
  }

  private upload(request: IncomingMessage): Upload {
    return new Upload(request, this.config.server.maxBodyBytes, this.patience.bodySilenceMs);
  }

  private toRequest(context: RequestContext, url: string, body: Upload | null): UpstreamRequest {
    const { target, request } = context;
    if (!target) throw new Error('the raw road needs its route');
    const headers = outgoingHeaders(request.headers, {
      contentType: request.headers['content-type'],
      isRaw: true,
      forwardHeaders: this.config.forwardHeaders,
    });
    addCredential(headers, target, url.slice(target.upstream.baseUrl.length));
    const length = request.headers['content-length'];
    if (body && length !== undefined) headers['content-length'] = length;
    const { name } = target.upstream;
    return { upstream: name, method: request.method ?? 'GET', url, headers, body, isPublicOnly: false };
  }
}

type RawJob = Parameters<typeof readByteStream>[1];

function readRaw(reply: UpstreamReply, job: RawJob): () => void {
  const { name } = job.target.upstream;
  const entry = job.context.tries.at(-1);
  if (entry) entry.httpStatus = reply.status;
  if (isRedirect(reply.status)) {
    job.subscriber.error(redirectRefused(reply.status, name));
    return () => reply.body.abort();
  }
  return reply.status >= 400 ? readErrorAnswer(reply, job) : readByteStream(reply, job);
}
