import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { NextFunction, Request, Response } from 'express';
import type { GatewayConfig } from '../config/gateway-config.js';
import { VERSION } from '../health/version.js';
import { findContext } from '../http/request-context.js';
import { completeDocument } from './complete-document.js';

const DESCRIPTION = `One address through which every app and every person reaches every language model.

The paths under \`/v1\` are OpenAI's and Anthropic's: an SDK works by changing its base URL alone. What is not listed
here (files, batches, vector stores …) passes to the default upstream as it is. A model id leads to an upstream by the
configured routes, by \`<upstream>/<model>\`, or to the default upstream; \`demo\` answers without any.

Credentials, whichever the client has: \`Authorization: Bearer\`, \`x-api-key\`, \`api-key\`, or the session of a
signed-in person. In open access a call may also go without one.`;

const TAGS: readonly (readonly [string, string])[] = [
  ['Chat', 'Chats, completions and responses, in OpenAI’s formats.'],
  ['Messages', 'Messages, in Anthropic’s format.'],
  ['Embeddings', 'Vectors of texts.'],
  ['Moderation', 'Classification of texts.'],
  ['Images', 'Pictures from texts and pictures.'],
  ['Audio', 'Speech from texts, and texts from speech.'],
  ['Models', 'The models that a caller may use.'],
  ['Catalog', 'Models with their prices, upstreams with their health.'],
  ['Costs', 'What was spent, by whom and on what.'],
  ['Requests', 'The record of every call.'],
  ['Keys', 'Keys that this gateway issues.'],
  ['People', 'Who has signed in.'],
  ['Prices', 'Prices set here over those of the package, and models without one.'],
  ['Audit', 'Who changed what, and who read whose text.'],
  ['Me', 'The caller’s own account.'],
  ['Sign-in', 'Google sign-in.'],
  ['Operation', 'Health and metrics.'],
];

/** The cookie's name over plain http; over https it has a prefix, and browsers send it by themselves. */
const SESSION_COOKIE = 'ai_gateway_session';

/**
 * Serves Swagger UI at `/docs` and the OpenAPI document at `/docs-json`, both without a credential. The document is
 * made when it is first asked for. Call it before the application's own routes are registered: Nest answers 404 to
 * whatever comes after them.
 */
export function setUpDocumentation(app: INestApplication, config: GatewayConfig): void {
  app.use(['/docs', '/docs-json'], identify);
  SwaggerModule.setup('docs', app, () => documentOf(app, config), {
    jsonDocumentUrl: 'docs-json',
    raw: ['json'],
    customSiteTitle: 'AI Gateway API',
    // No key is kept in the browser, and nothing is sent to a validator on the internet.
    swaggerOptions: {
      persistAuthorization: false,
      validatorUrl: null,
      tryItOutEnabled: true,
      displayRequestDuration: true,
    },
  });
}

/** The whole API as OpenAPI 3.0. */
export function documentOf(app: INestApplication, config: GatewayConfig): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setTitle('AI Gateway')
    .setDescription(DESCRIPTION)
    .setVersion(VERSION)
    .addServer('/')
    .addSecurity('bearer', { type: 'http', scheme: 'bearer', description: 'As OpenAI’s clients send it.' })
    .addApiKey({ type: 'apiKey', in: 'header', name: 'x-api-key', description: 'As Anthropic’s do.' }, 'x-api-key')
    .addApiKey({ type: 'apiKey', in: 'header', name: 'api-key', description: 'As Azure’s do.' }, 'api-key')
    .addCookieAuth(SESSION_COOKIE, { type: 'apiKey', in: 'cookie', description: 'A signed-in person.' }, 'session');
  for (const [name, description] of TAGS) builder.addTag(name, description);
  for (const scheme of ['bearer', 'x-api-key', 'api-key', 'session']) builder.addSecurityRequirements(scheme);
  // In open access a call may go without any.
  if (config.access === 'open') builder.addSecurityRequirements({});
  const options = { autoTagControllers: false, operationIdFactory: operationId };
  return completeDocument(SwaggerModule.createDocument(app, builder.build(), options));
}

function operationId(controller: string, method: string): string {
  return `${controller.replace(/Controller$/, '').toLowerCase()}_${method}`;
}

function identify(request: Request, response: Response, next: NextFunction): void {
  const context = findContext(request);
  if (context) response.setHeader('X-Request-Id', context.requestId);
  response.setHeader('Cache-Control', 'no-cache');
  next();
}
