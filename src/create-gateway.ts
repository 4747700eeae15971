import type { Server } from 'node:http';
import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule, type ExtensionModule } from './app.module.js';
import { clientAddressOf } from './auth/client-address.js';
import type { GatewayConfig } from './config/gateway-config.js';
import { setUpDocumentation } from './documentation/set-up-documentation.js';
import { BornExpressAdapter } from './http/born-express.adapter.js';
import { CallsInFlight } from './http/calls-in-flight.js';
import type { ClientPatience } from './http/client-patience.js';
import { answerClientError } from './http/client-error.js';
import { crossOrigin } from './http/cross-origin.js';
import { dashboardFiles } from './http/dashboard-files.js';
import { drain } from './http/graceful-drain.js';
import { apiBody } from './http/api-body.js';
import { listen } from './http/listen.js';
import { requestContextMiddleware } from './http/request-context.middleware.js';
import { securityHeaders } from './http/security-headers.js';
import { GatewayLogger } from './observability/gateway-logger.js';
import { RequestObserver } from './observability/request-observer.js';
import { checkUpstreamKinds } from './proxy/providers/check-upstream-kinds.js';
import { ProviderRegistry } from './proxy/providers/provider-registry.js';
import { Storage } from './storage/storage.js';

export interface GatewayOptions {
  /** Nest modules of the company's own. */
  readonly modules?: readonly ExtensionModule[];
  /** Where the dashboard was built; nothing is served at `/` without it. */
  readonly dashboardFolder?: string;
  /** How long silent clients are waited for, where it is not as usual. */
  readonly patience?: ClientPatience;
}

/** A gateway that has been put together; it takes calls from `listen` on. */
export interface Gateway {
  readonly app: INestApplication;
  /**
   * @returns where it listens: `http://127.0.0.1:3002`
   * @throws {StartError} when it cannot; everything is closed then
   */
  listen(): Promise<string>;
  /**
   * Lets running calls finish, then closes everything.
   * @param hurry ends the waiting for running calls at once
   */
  stop(hurry?: Promise<void>): Promise<void>;
}

/**
 * Builds the gateway from its configuration; the program and the tests use the same.
 * @throws {StorageStartError} | {StartError}
 */
export async function createGateway(config: GatewayConfig, options: GatewayOptions = {}): Promise<Gateway> {
  const storage = await Storage.open(config.storage);
  try {
    return await buildGateway(config, storage, options);
  } catch (error) {
    await storage.close();
    throw error;
  }
}

async function buildGateway(config: GatewayConfig, storage: Storage, options: GatewayOptions): Promise<Gateway> {
  const adapter = new BornExpressAdapter();
  const app = await NestFactory.create(AppModule.forRoot(config, storage, options.modules, options.patience), adapter, {
    bodyParser: false,
    bufferLogs: true,
    abortOnError: false,
    forceCloseConnections: true,
  });
  app.useLogger(app.get(GatewayLogger));
  adapter.disable('x-powered-by');
  adapter.disable('etag');
  const observer = app.get(RequestObserver);
  app.use(
    requestContextMiddleware(
      (request) => clientAddressOf(request, config.server.trustedProxies),
      (context) => observer.observe(context),
    ),
  );
  app.use(crossOrigin(config.server.corsOrigins));
  app.use(securityHeaders());
  for (const handler of dashboardFiles(options.dashboardFolder)) app.use(handler);
  app.use(['/api', '/auth'], apiBody());
  setUpDocumentation(app, config);
  await app.init();
  try {
    checkUpstreamKinds(config.upstreams, app.get(ProviderRegistry).kinds);
  } catch (error) {
    await app.close();
    throw error;
  }
  const server = app.getHttpServer() as Server;
  server.on('clientError', answerClientError);
  return {
    app,
    listen: async () => {
      try {
        return await listen(server, config.server);
      } catch (error) {
        await app.close();
        await storage.close();
        throw error;
      }
    },
    stop: async (hurry = new Promise(() => undefined)) => {
      await drain(server, app.get(CallsInFlight), config.server, hurry);
      await app.close();
      await storage.close();
    },
  };
}
