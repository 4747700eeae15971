import fc from 'fast-check';
import { canonicalBaseUrl, isOpenAiHost, parseBaseUrl } from './base-url.js';
import { InvalidUrlError } from './http-url.js';

describe('parseBaseUrl', () => {
  it('takes an address apart into base and query', () => {
    expect(parseBaseUrl('https://gw.example.com:8443/ai/v1/?api-version=preview&x=1')).toEqual({
      baseUrl: 'https://gw.example.com:8443/ai/v1',
      query: '?api-version=preview&x=1',
      kind: 'openai',
      host: 'gw.example.com:8443',
    });
  });

  it.each([
    ['http://localhost:8080/v1', 'http://localhost:8080/v1'],
    ['http://localhost:8080/v1///', 'http://localhost:8080/v1'],
    ['HTTPS://API.OpenAI.com:443/v1', 'https://api.openai.com/v1'],
    ['https://host', 'https://host'],
    ['https://host/', 'https://host'],
    ['http://[::1]:8080/v1', 'http://[::1]:8080/v1'],
    ['https://host/v1?', 'https://host/v1'],
  ])('reads %s as %s', (text, baseUrl) => {
    expect(parseBaseUrl(text)).toMatchObject({ baseUrl, query: '' });
  });

  it.each([
    ['https://eu.openai.azure.com/openai/v1', 'azure'],
    ['https://EU.cognitiveservices.azure.com/openai/v1', 'azure'],
    ['https://eu.services.ai.azure.com/openai/v1', 'azure'],
    ['https://openai.azure.com.example.com/v1', 'openai'],
    ['https://notopenai.azure.com/v1', 'openai'],
    ['azure+https://ai.example.com/openai/v1', 'azure'],
    ['azure+http://127.0.0.1:9000/v1', 'azure'],
    ['openai+https://eu.openai.azure.com/v1', 'openai'],
    ['bedrock+https://proxy.example.com', 'bedrock'],
    ['https://api.anthropic.com/v1', 'openai'],
  ])('knows that %s is spoken to as %s', (text, kind) => {
    expect(parseBaseUrl(text).kind).toBe(kind);
  });

  it.each([
    ['https://eu.openai.azure.com/openai/deployments/gpt-4o-eu?api-version=2024-10-21', 'gpt-4o-eu'],
    ['azure+http://127.0.0.1:9000/prefix/openai/deployments/small/?api-version=1', 'small'],
    ['https://eu.openai.azure.com/openai/v1', undefined],
    ['https://eu.openai.azure.com/openai/deployments/', undefined],
    ['http://127.0.0.1:9000/openai/deployments/small', undefined],
  ])('finds the deployment of the classic Azure address %s: %p', (text, deployment) => {
    expect(parseBaseUrl(text).azureDeployment).toBe(deployment);
  });

  it.each([
    ['', /begins with http/],
    ['api.openai.com/v1', /begins with http/],
    ['ftp://host/v1', /begins with http/],
    ['file:///etc/passwd', /begins with http/],
    ['azure+ftp://host', /begins with http/],
    ['https:host', /begins with http/],
    ['https://', /valid address/],
    ['https://host:99999/v1', /valid address/],
    ['https://ho st/v1', /without spaces/],
    ['https://host\\v1', /without spaces and backslashes/],
    ['https://user@host/v1', /user name and password/],
    ['https://user:secret@host/v1', /user name and password/],
    ['https://host/v1#part', /#/],
    ['https://host/v1#', /#/],
    ['https://host/v1/chat/completions', /leave \/chat\/completions out/],
  ])('refuses %p and says what to write', (text, advice) => {
    expect(() => parseBaseUrl(text)).toThrow(InvalidUrlError);
    expect(() => parseBaseUrl(text)).toThrow(advice);
  });

  it('never repeats a refused text, which may hold a password', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9]{12}$/), (password) => {
        for (const text of [
          `https://u:${password}@h`,
          `https://h:${password}`,
          `ftp://${password}`,
          `https://h#${password}`,
        ]) {
          expect(() => parseBaseUrl(text)).toThrow(
            expect.objectContaining({ message: expect.not.stringContaining(password) }),
          );
        }
      }),
    );
  });

  it('either parses any text or throws InvalidUrlError', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.webUrl({ withQueryParameters: true }),
          fc.string().map((text) => `https://${text}`),
        ),
        (text) => {
          try {
            expect(parseBaseUrl(text).baseUrl).not.toMatch(/\/$|[?#]/);
          } catch (error) {
            expect(error).toBeInstanceOf(InvalidUrlError);
          }
        },
      ),
    );
  });
});

describe('canonicalBaseUrl', () => {
  it('reads back as the same, and is the same for all texts of one upstream', () => {
    const texts = fc
      .tuple(
        fc.constantFrom('', 'azure+', 'openai+', 'other+'),
        fc.webUrl({ withQueryParameters: true, validSchemes: ['http', 'https'] }),
      )
      .map(([prefix, url]) => `${prefix}${url}`);
    fc.assert(
      fc.property(texts, (text) => {
        const parsed = parseBaseUrl(text);
        expect(parseBaseUrl(canonicalBaseUrl(parsed))).toEqual(parsed);
      }),
    );
    expect(canonicalBaseUrl(parseBaseUrl('openai+HTTPS://Host/v1/'))).toBe('https://host/v1');
    expect(canonicalBaseUrl(parseBaseUrl('azure+https://eu.openai.azure.com/openai/v1'))).toBe(
      'https://eu.openai.azure.com/openai/v1',
    );
    expect(canonicalBaseUrl(parseBaseUrl('azure+https://host/v1?a=b'))).toBe('azure+https://host/v1?a=b');
  });
});

describe('isOpenAiHost', () => {
  it.each([
    ['api.openai.com', true],
    ['eu.api.openai.com', true],
    ['api.openai.com.example.com', false],
    ['evilapi.openai.com', false],
    ['localhost:8080', false],
  ])('of %s is %p', (host, isOpenAi) => {
    expect(isOpenAiHost(host)).toBe(isOpenAi);
  });
});
