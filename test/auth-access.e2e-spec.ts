import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { ACCESS_RULE, type AccessRule } from '../src/http/access.decorator.js';
import { PIPELINE_ENDPOINT } from '../src/http/pipeline-endpoint.js';
import { signIn } from './support/sign-in.js';
import { startGateway, type RunningGateway } from './support/start-gateway.js';
import { ANN, BOB, startIdentityProvider, type IdentityProvider } from './support/start-identity-provider.js';

const ADMIN_KEY = 'the-admin-key-of-this-very-test';
const CALLERS = ['nobody', 'client key', 'issued key', 'person', 'administrator', 'admin key'] as const;
type CallerKind = (typeof CALLERS)[number];

/** The whole matrix: who is let in by which rule; docs/access.md shows the same table. */
const LET_IN: Readonly<Record<AccessRule, readonly CallerKind[]>> = {
  public: CALLERS,
  chatter: CALLERS,
  known: ['client key', 'issued key', 'person', 'administrator', 'admin key'],
  person: ['person', 'administrator'],
  admin: ['administrator', 'admin key'],
};

/** With `AI_GATEWAY_ACCESS=keys`, nobody and a client's own key are strangers. */
const STRANGERS: readonly CallerKind[] = ['nobody', 'client key'];

interface Route {
  readonly method: string;
  readonly path: string;
  readonly rule: AccessRule | undefined;
  readonly isPipeline: boolean;
}

describe.each(['open', 'keys'] as const)('access mode %s', (access) => {
  let provider: IdentityProvider;
  let gateway: RunningGateway;
  let routes: readonly Route[];
  let issuedKey: string;

  beforeAll(async () => {
    provider = await startIdentityProvider();
    gateway = await startGateway({
      ...provider.env,
      AI_GATEWAY_ACCESS: access,
      AI_GATEWAY_ADMIN_KEY: ADMIN_KEY,
      AI_GATEWAY_ADMIN_EMAILS: BOB.email,
    });
    routes = routesOf(gateway);
    const made = await fetch(`${gateway.origin}/api/keys`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ADMIN_KEY}`, 'content-type': 'application/json' },
      body: '{"name":"matrix"}',
    });
    issuedKey = ((await made.json()) as { key: string }).key;
  });
  afterAll(async () => {
    await gateway.close();
    await provider.close();
  });

  function isLetIn(caller: CallerKind, rule: AccessRule): boolean {
    if (access === 'keys' && rule !== 'public' && STRANGERS.includes(caller)) return false;
    return LET_IN[rule].includes(caller);
  }

  async function headersOf(caller: CallerKind): Promise<Record<string, string>> {
    const bearer = (key: string): Record<string, string> => ({ authorization: `Bearer ${key}` });
    if (caller === 'nobody') return {};
    if (caller === 'client key') return bearer('sk-a-clients-own-key');
    if (caller === 'issued key') return bearer(issuedKey);
    if (caller === 'admin key') return bearer(ADMIN_KEY);
    const browser = await signIn(gateway.origin, provider, caller === 'person' ? ANN : BOB);
    return { cookie: `ai_gateway_session=${browser.cookie('ai_gateway_session') ?? ''}`, origin: gateway.origin };
  }

  it('has a rule on every handler outside /v1', () => {
    const open = routes.filter(({ rule, isPipeline }) => rule === undefined && !isPipeline);
    expect(open).toEqual([]);
    expect(routes.filter(({ rule }) => rule === 'admin').length).toBeGreaterThan(0);
  });

  it('has a handler behind every path of the OpenAPI document', () => {
    const document = SwaggerModule.createDocument(gateway.gateway.app, new DocumentBuilder().build());
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{([^}]*)\}/g, ':$1')}`),
    );
    const handled = new Set(
      routes.filter(({ isPipeline }) => !isPipeline).map(({ method, path }) => `${method} ${path}`),
    );
    expect(described.filter((one) => !one.includes(' /v1/') && !handled.has(one))).toEqual([]);
  });

  it.each(CALLERS)('lets %s do what the rule allows and nothing else, in any spelling', async (caller) => {
    const wrong: string[] = [];
    for (const { method, path, rule, isPipeline } of routes) {
      if (isPipeline || rule === undefined || rule === 'public') continue;
      const filled = path.replaceAll(/:\w+/g, 'nothing-like-it');
      const spellings = [filled, `${filled}/`, filled.toUpperCase()];
      for (const spelling of spellings) {
        const answer = await fetch(`${gateway.origin}${spelling}`, { method, headers: await headersOf(caller) });
        const { status } = answer;
        const code = ((await answer.json().catch(() => ({}))) as { error?: { code?: string } }).error?.code;
        const isRefused = status === 401 || (status === 403 && (code === 'admin_only' || code === 'person_only'));
        // A handler may narrow what its rule lets in, never widen it.
        const isFine = isLetIn(caller, rule) ? status !== 401 && (rule === 'known' || !isRefused) : isRefused;
        if (!isFine) wrong.push(`${method} ${spelling} (${rule}): ${status}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('lets nobody in by a HEAD where a GET is refused', async () => {
    for (const { path, rule } of routes.filter(({ method, rule }) => method === 'GET' && rule === 'admin')) {
      const answer = await fetch(`${gateway.origin}${path.replaceAll(/:\w+/g, 'x')}`, { method: 'HEAD' });
      expect([path, rule, answer.status]).toEqual([path, rule, 401]);
    }
  });

  it('knows the admin key by all of it', async () => {
    for (const key of [ADMIN_KEY.slice(0, -1), `${ADMIN_KEY}x`, ADMIN_KEY.toUpperCase()]) {
      const answer = await fetch(`${gateway.origin}/api/users`, { headers: { authorization: `Bearer ${key}` } });
      expect(answer.status).toBe(access === 'open' ? 403 : 401);
    }
  });
});

describe('without an administrator', () => {
  let gateway: RunningGateway;

  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.close());

  async function statusWith(headers: Readonly<Record<string, string>>): Promise<number> {
    return (await fetch(`${gateway.origin}/api/users`, { headers })).status;
  }

  it('lets direct callers of this machine administer', async () => {
    expect(await statusWith({})).toBe(200);
    expect(await statusWith({ origin: gateway.origin })).toBe(200);
    expect(await statusWith({ origin: 'http://localhost:5173' })).toBe(200);
  });

  it.each([
    { 'x-forwarded-for': '127.0.0.1' },
    { forwarded: 'for=127.0.0.1' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
  ])('lets nobody in with %j', async (headers) => expect(await statusWith(headers)).toBe(401));

  it('takes a caller with a key of their own for that key’s holder', async () => {
    expect(await statusWith({ authorization: 'Bearer sk-a-clients-own-key' })).toBe(403);
  });
});

function routesOf(gateway: RunningGateway): readonly Route[] {
  const controllers = gateway.gateway.app.get(DiscoveryService, { strict: false }).getControllers();
  const scanner = new MetadataScanner();
  return controllers.flatMap(({ metatype }) => {
    if (typeof metatype !== 'function') return [];
    const prototype = metatype.prototype as Readonly<Record<string, object>>;
    return scanner.getAllMethodNames(prototype).flatMap((name) => {
      const handler = prototype[name];
      if (!handler || !Reflect.hasMetadata(METHOD_METADATA, handler)) return [];
      const method = RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as number] ?? '';
      const read = (key: string): unknown => Reflect.getMetadata(key, handler) ?? Reflect.getMetadata(key, metatype);
      const parts = [Reflect.getMetadata(PATH_METADATA, metatype), Reflect.getMetadata(PATH_METADATA, handler)];
      const path = `/${parts.map(String).join('/')}`.replaceAll(/\/{2,}/g, '/').replace(/(.)\/$/, '$1');
      const rule = read(ACCESS_RULE) as AccessRule | undefined;
      return [{ method, path, rule, isPipeline: read(PIPELINE_ENDPOINT) !== undefined }];
    });
  });
}
