import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Axios, type AxiosAdapter } from 'axios';
import type { Agent } from 'undici';
import { GATEWAY_CONFIG } from '../../config/config.module.js';
import type { GatewayConfig } from '../../config/gateway-config.js';
import { publicConnector } from '../../http/public-connector.js';
import { fromTransportError } from './transport-error.js';
import { StaleSockets, upstreamAgent } from './upstream-agent.js';
import type { UpstreamReply } from './upstream-body.js';
import type { UpstreamRequest } from './upstream-request.js';
import { UndiciExchange } from './undici-exchange.js';

/** A call under way. */
export interface UpstreamCall {
  /** @throws {UpstreamError} as a rejection, when no answer begins */
  readonly reply: Promise<UpstreamReply>;
  /** Closes the upstream's socket, whatever phase the call is in. */
  abort(): void;
}

/** What sends requests to upstreams: the network, or the model that lives inside. */
export interface Transport {
  send(request: UpstreamRequest): UpstreamCall;
}

function adapterOf(exchange: UndiciExchange): AxiosAdapter {
  return async (config) => {
    const data = await exchange.start();
    return { status: data.status, statusText: '', headers: {}, config, data };
  };
}

/**
 * The only road to the network, and the only file that knows axios. The instance is bare: axios' default merging of
 * headers costs as much as the rest of the call, and its errors hold the request with its key, so none leaves here.
 */
@Injectable()
export class UpstreamClient implements Transport, OnApplicationShutdown {
  private readonly axios = new Axios();
  private readonly staleSockets = new StaleSockets();
  private readonly agent: Agent;
  private readonly publicAgent: Agent;

  constructor(@Inject(GATEWAY_CONFIG) config: GatewayConfig) {
    const options = {
      connectTimeoutMs: config.timeouts.connectMs,
      maxConnectionsPerOrigin: config.server.maxConcurrency,
    };
    this.agent = upstreamAgent(options, this.staleSockets);
    this.publicAgent = upstreamAgent(options, this.staleSockets, publicConnector(options.connectTimeoutMs));
  }

  send(request: UpstreamRequest): UpstreamCall {
    const exchange = new UndiciExchange(request.isPublicOnly === true ? this.publicAgent : this.agent, request);
    // axios merges, copies and checks each field of a config at every call, so there is but one.
    const config = { adapter: adapterOf(exchange) };
    const reply = this.axios.request<UpstreamReply>(config).then(
      (answer) => answer.data,
      (thrown: unknown) => {
        throw fromTransportError(thrown, request.upstream, this.staleSockets.isStale(thrown));
      },
    );
    return { reply, abort: () => exchange.abort() };
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.agent.destroy(), this.publicAgent.destroy()]);
  }
}
