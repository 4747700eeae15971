import fc from 'fast-check';
import { aLoad, theError } from './spec-support.js';
import { splitModelRoute } from './model-routes.js';

const NAMES = ['openai', 'azure', 'local', '8b'];
const isKnownName = (name: string) => NAMES.includes(name);

const modelId = fc.stringMatching(/^[A-Za-z0-9@*][A-Za-z0-9@*:/._-]{0,30}$/);
const target = fc.oneof(
  fc.constantFrom(...NAMES),
  fc.constantFrom(
    'http://localhost:8080/v1',
    'https://api.openai.com/v1',
    'HTTPS://host',
    'http://[::1]:9/v1',
    'azure+https://eu.example.com/openai/deployments/x?api-version=2024-10-21',
  ),
);

describe('splitModelRoute', () => {
  it('finds the target behind any model id, colons included', () => {
    fc.assert(
      fc.property(modelId, target, (id, to) => {
        expect(splitModelRoute(`${id}:${to}`, isKnownName)).toEqual({ pattern: id, target: to });
      }),
    );
  });

  it('finds the served model of an alias', () => {
    fc.assert(
      fc.property(modelId, modelId, target, (id, served, to) => {
        expect(splitModelRoute(`${id}=${served}:${to}`, isKnownName)).toEqual({
          pattern: id,
          servedModel: served,
          target: to,
        });
      }),
    );
  });

  it('either gives parts that make up the entry again, or nothing', () => {
    const entry = fc.array(fc.constantFrom(':', '=', 'http', 'https', '//', 'local', '8b', 'a', '*', ' '), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(
        fc.oneof(
          entry.map((pieces) => pieces.join('')),
          fc.string(),
        ),
        (text) => {
          const parts = splitModelRoute(text, isKnownName);
          if (parts === undefined) return;
          const { pattern, servedModel, target: to } = parts;
          const again = `${pattern}${servedModel === undefined ? '' : `=${servedModel}`}:${to}`;
          expect(again.replaceAll(' ', '')).toBe(text.replace(/\s/g, ''));
          expect(isKnownName(to) || /^([a-z][a-z0-9-]*\+)?https?:\/\//i.test(to)).toBe(true);
        },
      ),
    );
  });

  it.each([
    ['llama3:8b:local', { pattern: 'llama3:8b', target: 'local' }],
    ['llama3:8b', { pattern: 'llama3', target: '8b' }],
    ['llama3:70b', undefined],
    ['ft:gpt-4o:acme::id:openai', { pattern: 'ft:gpt-4o:acme::id', target: 'openai' }],
    ['llama3:8b:http://localhost:11434/v1', { pattern: 'llama3:8b', target: 'http://localhost:11434/v1' }],
    ['small=llama3:8b:local', { pattern: 'small', servedModel: 'llama3:8b', target: 'local' }],
    ['m:https://h/v1?api-version=1', { pattern: 'm', target: 'https://h/v1?api-version=1' }],
    ['local', undefined],
    [':local', { pattern: '', target: 'local' }],
    ['m : local', { pattern: 'm', target: 'local' }],
  ])('cuts %p', (entry, parts) => {
    expect(splitModelRoute(entry, isKnownName)).toEqual(parts);
  });
});

describe('AI_GATEWAY_MODEL_ROUTES', () => {
  const UPSTREAMS = 'azure=https://eu.openai.azure.com/openai/v1,local=http://localhost:8080/v1';

  it('reads exact routes, globs and aliases, in order', () => {
    const { config } = aLoad({
      AI_GATEWAY_UPSTREAMS: UPSTREAMS,
      AI_GATEWAY_MODEL_ROUTES: 'llama3:8b:local, gpt-*:azure ,small=gpt-4o-mini:openai,',
    });
    expect(config.routes).toEqual([
      { pattern: 'llama3:8b', isGlob: false, upstream: 'local' },
      { pattern: 'gpt-*', isGlob: true, upstream: 'azure' },
      { pattern: 'small', isGlob: false, servedModel: 'gpt-4o-mini', upstream: 'openai' },
    ]);
    expect(config.upstreams.map(({ name }) => name)).toEqual(['openai', 'azure', 'local']);
  });

  it('makes an upstream of a bare address, named after its host, and one only', () => {
    const { config } = aLoad({
      AI_GATEWAY_MODEL_ROUTES:
        'a:http://localhost:9000/v1,b:http://LOCALHOST:9000/v1/,c:http://localhost:9000/other,d:https://api.mistral.ai/v1,e:azure+http://localhost:9000/v1',
    });
    expect(config.routes.map(({ upstream }) => upstream)).toEqual([
      'localhost:9000',
      'localhost:9000',
      'localhost:9000-2',
      'api.mistral.ai',
      'localhost:9000-3',
    ]);
    expect(config.upstreams.map(({ name, baseUrl, kind }) => [name, baseUrl, kind])).toEqual([
      ['openai', 'https://api.openai.com/v1', 'openai'],
      ['localhost:9000', 'http://localhost:9000/v1', 'openai'],
      ['localhost:9000-2', 'http://localhost:9000/other', 'openai'],
      ['api.mistral.ai', 'https://api.mistral.ai/v1', 'openai'],
      ['localhost:9000-3', 'http://localhost:9000/v1', 'azure'],
    ]);
  });

  it('uses the configured upstream when a bare address is its address', () => {
    const { config } = aLoad({
      AI_GATEWAY_UPSTREAMS: UPSTREAMS,
      AI_GATEWAY_MODEL_ROUTES: 'm:http://localhost:8080/v1/',
    });
    expect(config.routes[0]?.upstream).toBe('local');
    expect(config.upstreams).toHaveLength(3);
  });

  it('does not name an upstream like the demo model', () => {
    expect(aLoad({ AI_GATEWAY_MODEL_ROUTES: 'm:http://demo/v1' }).config.routes[0]?.upstream).toBe('demo-2');
    const withoutDemo = { AI_GATEWAY_DEMO: 'false', AI_GATEWAY_MODEL_ROUTES: 'm:http://demo/v1' };
    expect(aLoad(withoutDemo).config.routes[0]?.upstream).toBe('demo');
  });

  it('gives a name made from a host no key of a configured upstream', () => {
    const { config } = aLoad({
      AI_GATEWAY_UPSTREAMS: 'api-mistral-ai=https://trusted.example.com/v1',
      AI_GATEWAY_UPSTREAM_API_MISTRAL_AI_KEY: 'for-trusted-only',
      AI_GATEWAY_MODEL_ROUTES: 'm:https://api.mistral.ai/v1',
    });
    expect(config.upstreams.map(({ name, credential }) => [name, credential?.reveal()])).toEqual([
      ['openai', undefined],
      ['api-mistral-ai', 'for-trusted-only'],
      ['api.mistral.ai-2', undefined],
    ]);
  });

  it.each([
    ['m:azur', /"azur" is no upstream; .*\(openai, azure, local\)\. Did you mean azure\?/],
    ['m:Azure', /"Azure" is no upstream; .*Did you mean azure\?/],
    ['llama3:70b', /"70b" is no upstream/],
    ['gpt-4o', /write modelId:target/],
    ['gpt-4o:', /write modelId:target/],
    [':azure', /write the model id before the target/],
    ['a b:azure', /write the model id before the target, without spaces/],
    ['=x:azure', /write the model id before the target/],
    ['x=:azure', /write one model id without \* after the =/],
    ['x=gpt-*:azure', /write one model id without \* after the =/],
    ['x:ftp://host/v1', /an address begins with http:\/\/ or https:\/\//],
    ['x:https://u:p@host/v1', /leave user name and password out/],
    ['x:azure,x:local', /x has a route already/],
  ])('refuses %p and says what to write', (routes, advice) => {
    expect(() => aLoad({ AI_GATEWAY_UPSTREAMS: UPSTREAMS, AI_GATEWAY_MODEL_ROUTES: routes })).toThrow(advice);
  });

  it('does not blame a route for the bad address of its upstream', () => {
    const env = {
      AI_GATEWAY_UPSTREAM: 'nowhere',
      AI_GATEWAY_UPSTREAMS: 'azure=nowhere',
      AI_GATEWAY_MODEL_ROUTES: 'a:azure,b:default',
    };
    expect(theError(env).problems.map(({ variable }) => variable)).toEqual([
      'AI_GATEWAY_UPSTREAM',
      'AI_GATEWAY_UPSTREAMS',
    ]);
  });
});
