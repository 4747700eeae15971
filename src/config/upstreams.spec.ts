import fc from 'fast-check';
import { aLoad, theError } from './spec-support.js';
import { upstreamNameInVariables, variableOfUpstream } from './variables.js';

const sourcesOf = (env: Record<string, string>) =>
  aLoad(env).config.upstreams.map(({ name, credential, credentialSource }) => [
    name,
    credential?.reveal(),
    credentialSource,
  ]);

describe('AI_GATEWAY_UPSTREAM', () => {
  it.each([
    [undefined, 'openai', 'https://api.openai.com/v1'],
    ['https://api.openai.com/v1/', 'openai', 'https://api.openai.com/v1'],
    ['https://eu.api.openai.com/v1', 'openai', 'https://eu.api.openai.com/v1'],
    ['http://localhost:11434/v1', 'default', 'http://localhost:11434/v1'],
  ])('%p is the default upstream, named %p', (address, name, baseUrl) => {
    expect(aLoad({ AI_GATEWAY_UPSTREAM: address }).config.upstreams).toEqual([
      expect.objectContaining({ name, baseUrl, isDefault: true }),
    ]);
  });
});

describe('AI_GATEWAY_UPSTREAMS', () => {
  it('adds upstreams behind the default one, in order', () => {
    const { config } = aLoad({
      AI_GATEWAY_UPSTREAMS:
        'azure=https://eu.openai.azure.com/openai/deployments/gpt-4o?api-version=2024-10-21, local = http://localhost:8080/v1/ ,',
    });
    expect(config.upstreams).toMatchObject([
      { name: 'openai' },
      {
        name: 'azure',
        baseUrl: 'https://eu.openai.azure.com/openai/deployments/gpt-4o',
        query: '?api-version=2024-10-21',
        kind: 'azure',
        azureDeployment: 'gpt-4o',
        isDefault: false,
      },
      { name: 'local', baseUrl: 'http://localhost:8080/v1', query: '', kind: 'openai', isDefault: false },
    ]);
  });

  it.each([
    ['local', /write name=address/],
    ['https://host/v1', /write name=address/],
    ['=https://host/v1', /write name=address/],
    ['a/b=https://host/v1', /write name=address/],
    ['a b=https://host/v1', /write name=address/],
    ['local=', /begins with http/],
    ['local=localhost:8080', /begins with http/],
    ['openai=https://host/v1', /take another name; the default upstream \(AI_GATEWAY_UPSTREAM\) has this one/],
    ['a=https://x/v1,a=https://y/v1', /take another name; another upstream has this one/],
    [
      'eu-1=https://x/v1,EU.1=https://y/v1',
      /another upstream is "eu-1", and the key of both would be AI_GATEWAY_UPSTREAM_EU_1_KEY/,
    ],
    ['demo=https://host/v1', /set AI_GATEWAY_DEMO=false/],
    ['Demo=https://host/v1', /set AI_GATEWAY_DEMO=false/],
  ])('refuses %p and says what to write', (upstreams, advice) => {
    expect(() => aLoad({ AI_GATEWAY_UPSTREAMS: upstreams })).toThrow(advice);
  });

  it('leaves the name demo to an upstream when the demo model is off', () => {
    const { config } = aLoad({ AI_GATEWAY_DEMO: 'false', AI_GATEWAY_UPSTREAMS: 'demo=https://host/v1' });
    expect(config.upstreams[1]?.name).toBe('demo');
  });

  it('shows no part of a password, even of one with commas', () => {
    const { message } = theError({ AI_GATEWAY_UPSTREAMS: 'a=https://ann:pass,word,again@host/v1' });
    expect(message).not.toMatch(/pass|word|again|ann/);
  });
});

describe('credentials of upstreams', () => {
  const UPSTREAMS = 'eu-azure=https://eu.openai.azure.com/openai/v1,local=http://localhost:8080/v1';

  it('come from AI_GATEWAY_API_KEY, else from OPENAI_API_KEY, where an upstream has no key of its own', () => {
    const own = { AI_GATEWAY_UPSTREAMS: UPSTREAMS, AI_GATEWAY_UPSTREAM_EU_AZURE_KEY: 'own' };
    expect(sourcesOf({ ...own, AI_GATEWAY_API_KEY: 'first', OPENAI_API_KEY: 'second' })).toEqual([
      ['openai', 'first', 'AI_GATEWAY_API_KEY'],
      ['eu-azure', 'own', 'AI_GATEWAY_UPSTREAM_EU_AZURE_KEY'],
      ['local', 'first', 'AI_GATEWAY_API_KEY'],
    ]);
    expect(sourcesOf({ ...own, OPENAI_API_KEY: 'second' })).toMatchObject([
      ['openai', 'second', 'OPENAI_API_KEY'],
      ['eu-azure', 'own', 'AI_GATEWAY_UPSTREAM_EU_AZURE_KEY'],
      ['local', 'second', 'OPENAI_API_KEY'],
    ]);
    expect(sourcesOf(own)).toEqual([
      ['openai', undefined, 'none'],
      ['eu-azure', 'own', 'AI_GATEWAY_UPSTREAM_EU_AZURE_KEY'],
      ['local', undefined, 'none'],
    ]);
  });

  it("can be the default upstream's own", () => {
    expect(sourcesOf({ AI_GATEWAY_UPSTREAM_OPENAI_KEY: 'own', AI_GATEWAY_API_KEY: 'shared' })).toEqual([
      ['openai', 'own', 'AI_GATEWAY_UPSTREAM_OPENAI_KEY'],
    ]);
  });

  it('can be the own one of an upstream that a route makes', () => {
    const env = {
      AI_GATEWAY_MODEL_ROUTES: 'm:http://localhost:9000/v1',
      AI_GATEWAY_UPSTREAM_LOCALHOST_9000_KEY: 'own',
    };
    expect(sourcesOf(env)[1]).toEqual(['localhost:9000', 'own', 'AI_GATEWAY_UPSTREAM_LOCALHOST_9000_KEY']);
    expect(aLoad(env).warnings).toEqual([]);
  });

  it('are refused when they cannot be a header, whichever wins', () => {
    const { problems } = theError({
      AI_GATEWAY_UPSTREAMS: UPSTREAMS,
      AI_GATEWAY_API_KEY: 'fine',
      OPENAI_API_KEY: 'not fine',
      AI_GATEWAY_UPSTREAM_LOCAL_KEY: 'schlüssel',
    });
    expect(problems.map(({ variable }) => variable)).toEqual(['OPENAI_API_KEY', 'AI_GATEWAY_UPSTREAM_LOCAL_KEY']);
  });

  it('are mentioned when a shared one reaches further upstreams on other machines', () => {
    expect(aLoad({ AI_GATEWAY_UPSTREAMS: UPSTREAMS, OPENAI_API_KEY: 'shared' }).warnings).toEqual([
      'OPENAI_API_KEY also goes to eu-azure (a key of its own would be AI_GATEWAY_UPSTREAM_EU_AZURE_KEY).',
    ]);
    expect(aLoad({ AI_GATEWAY_UPSTREAM: 'http://gpu:8080/v1', OPENAI_API_KEY: 'shared' }).warnings).toEqual([]);
  });
});

describe('warnings on upstreams', () => {
  it('name a classic Azure address without its version', () => {
    const warningsOf = (query: string) =>
      aLoad({ AI_GATEWAY_UPSTREAM: `https://eu.openai.azure.com/openai/deployments/small${query}` }).warnings;
    expect(warningsOf('')).toEqual([expect.stringContaining('?api-version=')]);
    expect(warningsOf('?api-version=2024-10-21')).toEqual([]);
  });

  it('name a provider that is not built in, unless modules may bring it', () => {
    const env = { AI_GATEWAY_UPSTREAMS: 'b=azur+https://host/v1' };
    expect(aLoad(env).warnings).toEqual([expect.stringContaining('b needs a provider "azur"')]);
    expect(aLoad({ ...env, AI_GATEWAY_MODULES: './azur.js' }).warnings).toEqual([]);
  });
});

describe('variableOfUpstream', () => {
  it('makes names that a shell accepts', () => {
    expect(variableOfUpstream('eu-azure')).toBe('AI_GATEWAY_UPSTREAM_EU_AZURE_KEY');
    expect(variableOfUpstream('[::1]:8080')).toBe('AI_GATEWAY_UPSTREAM_1_8080_KEY');
    fc.assert(
      fc.property(fc.string(), (name) => {
        expect(variableOfUpstream(name)).toMatch(/^[A-Z0-9_]+$/);
        expect(upstreamNameInVariables(name)).not.toMatch(/^_|__|_$/);
      }),
    );
  });
});
