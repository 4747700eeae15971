import type { IncomingMessage } from 'node:http';
import { AmbiguousCredentialsError, InvalidApiKeyError } from './auth-errors.js';
import { readClientCredential } from './client-credential.js';

function aRequest(...rawHeaders: string[]): IncomingMessage {
  return { rawHeaders } as unknown as IncomingMessage;
}

describe('readClientCredential', () => {
  it.each([
    ['Authorization', 'Bearer sk-1', 'authorization'],
    ['AUTHORIZATION', 'bearer   sk-1 ', 'authorization'],
    ['x-api-key', 'sk-1', 'x-api-key'],
    ['API-Key', ' sk-1', 'api-key'],
  ])('reads %s: %s', (name, value, header) => {
    expect(readClientCredential(aRequest('Host', 'here', name, value))).toEqual({ value: 'sk-1', header });
  });

  it('takes an empty one for none', () => {
    expect(readClientCredential(aRequest('Authorization', 'Bearer ', 'x-api-key', ''))).toBeUndefined();
    expect(readClientCredential(aRequest('Authorization', ''))).toBeUndefined();
  });

  it('takes the same key in two headers for one', () => {
    expect(readClientCredential(aRequest('Authorization', 'Bearer sk-1', 'api-key', 'sk-1'))?.value).toBe('sk-1');
  });

  it('refuses two different ones, also in two headers of one name', () => {
    const pairs = [
      aRequest('Authorization', 'Bearer sk-1', 'x-api-key', 'sk-2'),
      aRequest('Authorization', 'Bearer sk-1', 'authorization', 'Bearer sk-2'),
      aRequest('x-api-key', 'sk-1', 'X-Api-Key', 'sk-2'),
    ];
    for (const request of pairs) expect(() => readClientCredential(request)).toThrow(AmbiguousCredentialsError);
  });

  it.each(['Basic dXNlcjpwYXNz', 'sk-1', 'Bearer sk-1 sk-2'])('refuses Authorization: %s', (value) => {
    expect(() => readClientCredential(aRequest('Authorization', value))).toThrow(InvalidApiKeyError);
  });
});
