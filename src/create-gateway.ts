import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
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
import { requestContextMiddleware } from './http/request-context.middleware.js';
import { securityHeaders } from './http/security-headers.js';
import { GatewayLogger } from './observability/gateway-logger.js';
import { RequestObserver } from './observability/request-observer.js';
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
  /** @returns where it listens: `http://127.0.0.1:3002` */
  listen(): Promise<string>;
  /**
   * Lets running calls finish, then closes everything.
   * @param hurry ends the waiting for running calls at once
   */
  stop(hurry?: Promise<void>): Promise<void>;
}

/**
 * Builds the gateway from its configuration; the program and the tests use the same.
 * @throws {StorageStartError}
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
  const server = app.getHttpServer() as Server;
  server.on('clientError', answerClientError);
  return {
    app,
    listen: () => listen(app, config),
    stop: async (hurry = new Promise(() => undefined)) => {
      await drain(server, app.get(CallsInFlight), config.server, hurry);
      await app.close();
      await storage.close();
    },
  };
}

async function listen(app: INestApplication, { server: { host, port } }: GatewayConfig): Promise<string> {
  await app.listen(port, host);
  const address = (app.getHttpServer() as Server).address() as AddressInfo;
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `http://${name}:${address.port}`;
}
