import type {
  OpenAPIObject,
  OperationObject,
  ReferenceObject,
  RequestBodyObject,
  ResponseObject,
} from '@nestjs/swagger';
import { get, post } from './support/clients.js';
import { startGateway, type RunningGateway } from './support/start-gateway.js';

/** Section 3 of the contract, by status. */
const CODES: Readonly<Record<string, readonly string[]>> = {
  '400': ['invalid_json', 'invalid_utf8', 'json_too_deep', 'duplicate_key', 'invalid_model', 'invalid_parameter'],
  '401': ['invalid_api_key', 'key_expired', 'key_disabled'],
  '403': ['model_not_allowed', 'model_unpriced', 'admin_only', 'cross_site_refused'],
  '404': ['not_found', 'model_not_found'],
  '405': ['method_not_allowed'],
  '408': ['request_timeout'],
  '413': ['payload_too_large'],
  '415': ['unsupported_media_type'],
  '429': ['rate_limit_exceeded', 'budget_exceeded'],
  '431': ['headers_too_large'],
  '502': [
    'upstream_unreachable',
    'upstream_reset',
    'upstream_tls_error',
    'upstream_redirect_refused',
    'upstream_auth_failed',
  ],
  '503': ['gateway_overloaded', 'shutting_down', 'storage_unavailable'],
  '504': ['upstream_timeout'],
};

interface Described {
  readonly path: string;
  readonly method: string;
  readonly operation: OperationObject;
}

describe('the OpenAPI document', () => {
  let gateway: RunningGateway;
  let document: OpenAPIObject;

  beforeAll(async () => {
    gateway = await startGateway();
    document = (await get(`${gateway.origin}/docs-json`)).json<OpenAPIObject & Record<string, unknown>>();
  });
  afterAll(() => gateway.close());

  const operations = (): Described[] =>
    Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item as Readonly<Record<string, OperationObject>>).map(([method, operation]) => ({
        path,
        method,
        operation,
      })),
    );

  function resolve<T>(reference: T | ReferenceObject): T {
    if (typeof reference !== 'object' || reference === null || !('$ref' in reference)) return reference as T;
    let found: unknown = document;
    for (const part of reference.$ref.replace(/^#\//, '').split('/')) found = (found as Record<string, unknown>)[part];
    if (found === undefined) throw new Error(`nothing at ${reference.$ref}`);
    return found as T;
  }

  it('describes every operation with a summary, a tag, one id, its parameters and its answers', () => {
    const ids = new Set<string>();
    const known = new Set(document.tags?.map(({ name }) => name));
    const wrong: string[] = [];
    for (const { path, method, operation } of operations()) {
      const name = `${method} ${path}`;
      const parameters = (operation.parameters ?? []).map((one) => resolve(one));
      const inPath = parameters.filter((one) => one.in === 'path').map((one) => one.name);
      const placeholders = [...path.matchAll(/\{([^}]+)\}/g)].map(([, one]) => one);
      if (operation.summary === undefined || operation.summary === '') wrong.push(`${name}: no summary`);
      if (operation.tags?.length !== 1 || !known.has(operation.tags[0] ?? ''))
        wrong.push(`${name}: tags ${operation.tags?.join()}`);
      if (ids.has(operation.operationId ?? '')) wrong.push(`${name}: id ${operation.operationId} twice`);
      if (inPath.join() !== placeholders.join()) wrong.push(`${name}: parameters ${inPath.join()}`);
      if (!Object.keys(operation.responses).some((status) => /^[23]/.test(status))) wrong.push(`${name}: no answer`);
      ids.add(operation.operationId ?? '');
    }
    expect(wrong).toEqual([]);
    expect(operations().length).toBeGreaterThan(20);
  });

  it('refers to nothing that is not there', () => {
    const references = JSON.stringify(document).match(/"#\/[^"]+"/g) ?? [];
    expect(references.length).toBeGreaterThan(100);
    for (const reference of new Set(references))
      expect(resolve({ $ref: JSON.parse(reference) as string })).toBeDefined();
  });

  it('documents every error of every call, with an example of each code', () => {
    for (const { path, operation } of operations().filter((one) => one.path.startsWith('/v1/'))) {
      for (const [status, codes] of Object.entries(CODES)) {
        const { content } = resolve<ResponseObject>(operation.responses[status] as ResponseObject | ReferenceObject);
        const { examples = {} } = content?.['application/json'] ?? {};
        expect([path, status, Object.keys(examples)]).toEqual([path, status, expect.arrayContaining([...codes])]);
        for (const example of Object.values(examples)) {
          const { value } = example as { value: { type?: string; error: object } };
          expect(value.error).toMatchObject({ message: expect.any(String), type: expect.any(String) });
          expect(value.type).toBe(path.startsWith('/v1/messages') ? 'error' : undefined);
        }
      }
      expect(operation.responses).toHaveProperty('default');
    }
  });

  it('shows both kinds of answer of an endpoint that streams', () => {
    for (const path of ['/v1/chat/completions', '/v1/completions', '/v1/responses', '/v1/messages']) {
      const answer = document.paths[path]?.post?.responses['200'] as ResponseObject;
      expect(Object.keys(answer.content ?? {})).toEqual(['application/json', 'text/event-stream']);
      expect(answer.content?.['text/event-stream']?.example).toMatch(/^(event: \S+\n)?data: \{.*\}\n\n/s);
    }
  });

  it('names the four ways to send a credential, and asks for none where none is needed', () => {
    expect(Object.keys(document.components?.securitySchemes ?? {})).toEqual([
      'bearer',
      'x-api-key',
      'api-key',
      'session',
    ]);
    expect(document.security).toContainEqual({});
    expect(document.paths['/health']?.get?.security).toEqual([]);
  });

  it('has examples that are answered when they are tried', async () => {
    const tried: string[] = [];
    for (const { path, method, operation } of operations().filter((one) => one.path.startsWith('/v1/'))) {
      if (operation.requestBody === undefined) continue;
      const { content } = resolve<RequestBodyObject>(operation.requestBody);
      for (const [name, example] of Object.entries(content['application/json']?.examples ?? {})) {
        const { value } = example as { value: { model: string; stream?: boolean } };
        if (value.model !== 'demo') continue;
        const answer = await post(`${gateway.origin}${path}`, value, { method: method.toUpperCase() });
        expect([path, name, answer.status]).toEqual([path, name, 200]);
        const type = value.stream === true ? 'text/event-stream; charset=utf-8' : 'application/json';
        expect(answer.headers.get('content-type')).toContain(type);
        tried.push(`${path} ${name}`);
      }
    }
    expect(tried).toEqual(
      expect.arrayContaining(['/v1/chat/completions streamed', '/v1/messages buffered', '/v1/embeddings text']),
    );
    expect(tried.length).toBeGreaterThanOrEqual(11);
  });

  it('holds no secret, address or path of its machine', () => {
    const text = JSON.stringify(document);
    expect(text).not.toContain(process.cwd());
    expect(text).not.toMatch(/127\.0\.0\.1|localhost/);
  });
});

describe('Swagger UI', () => {
  it.each(['open', 'keys'])(
    'is there for everybody with access %s, under a policy without inline scripts',
    async (access) => {
      const gateway = await startGateway({
        AI_GATEWAY_ACCESS: access,
        AI_GATEWAY_ADMIN_KEY: 'the-admin-key-of-this-very-test',
      });
      for (const page of ['/docs', '/docs/']) {
        const { status, headers, text } = await get(`${gateway.origin}${page}`);
        expect(status).toBe(200);
        const policy = headers.get('content-security-policy') ?? '';
        expect(policy).toContain("script-src 'self';");
        expect(policy).toContain("frame-ancestors 'none'");
        expect(text).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>/);
        const assets = [...text.matchAll(/(?:src|href)="([^"#]+)"/g)].map(([, asset]) => asset ?? '');
        expect(assets.length).toBeGreaterThanOrEqual(4);
        for (const asset of assets) {
          expect(asset).toMatch(/^\.\//);
          expect([asset, (await fetch(new URL(asset, `${gateway.origin}${page}`))).status]).toEqual([asset, 200]);
        }
      }
      expect((await get(`${gateway.origin}/docs-json`)).headers.get('x-request-id')).toMatch(/^req_/);
      await gateway.close();
    },
  );
});
