import { loadConfig } from '../config/load-config.js';
import { identityOf, type UserInfo } from './google-identity.js';
import { SignInFailure } from './sign-in-failure.js';

const ENV = {
  GOOGLE_CLIENT_ID: 'our-client',
  GOOGLE_CLIENT_SECRET: 'secret',
  AI_GATEWAY_ALLOWED_DOMAINS: 'example.com',
};
const NOW = Date.parse('2026-11-24T12:00:00Z');
const ANN: UserInfo = { sub: '1077', email: 'Ann@Example.com', email_verified: true, name: ' Ann ' };

function idToken(claims: object): string {
  const payload = { iss: 'accounts.google.com', aud: 'our-client', sub: '1077', exp: NOW / 1_000 + 3_600, ...claims };
  return `e30.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.c2ln`;
}

function identify(info: UserInfo, token: string | undefined = idToken({})): ReturnType<typeof identityOf> {
  const { config } = loadConfig(ENV);
  if (!config.google) throw new Error('sign-in is off');
  return identityOf(info, token, config.google, config, NOW);
}

function codeOf(work: () => unknown): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return error instanceof SignInFailure ? error.code : 'other';
  }
}

describe('identityOf', () => {
  it('is issuer and subject; address and name are what the person is called now', () => {
    expect(identify(ANN)).toEqual({
      issuer: 'https://accounts.google.com',
      subject: '1077',
      email: 'ann@example.com',
      name: 'Ann',
    });
  });

  it('takes the provider’s address for the issuer where there is no ID token', () => {
    const { config } = loadConfig(ENV);
    if (!config.google) throw new Error('sign-in is off');
    expect(identityOf(ANN, undefined, config.google, config, NOW).issuer).toBe('https://accounts.google.com');
  });

  it.each([false, 'true', 'false', 1, undefined])('refuses an address whose verification is %j', (verified) => {
    expect(codeOf(() => identify({ ...ANN, email_verified: verified }))).toBe('email_unverified');
  });

  it.each(['ann@evil.example', 'ann@example.com.evil.example', 'ann@example.com@evil.example'])(
    'refuses %s, whose domain is not allowed',
    (email) => expect(codeOf(() => identify({ ...ANN, email }))).toBe('domain_not_allowed'),
  );

  it.each(['example.com', '', '@example.com', 'ann@'])('refuses %j, which is no address', (email) => {
    expect(codeOf(() => identify({ ...ANN, email }))).toBe('email_unverified');
  });

  it.each([
    ['of another client', { aud: 'their-client' }],
    ['of several other clients', { aud: ['their-client', 'third'] }],
    ['that has expired', { exp: NOW / 1_000 - 600 }],
    ['without an end', { exp: undefined }],
  ])('refuses an ID token %s', (_, claims) => {
    expect(codeOf(() => identify(ANN, idToken(claims)))).toBe('provider_failed');
  });

  it.each(['', 'x', 'a.b.c', `e30.${Buffer.from('null').toString('base64url')}.x`])(
    'refuses %j as an ID token',
    (token) => {
      expect(codeOf(() => identify(ANN, token))).toBe('provider_failed');
    },
  );

  it('refuses somebody without a subject', () => {
    expect(codeOf(() => identify({ ...ANN, sub: undefined }))).toBe('provider_failed');
    expect(codeOf(() => identify({ ...ANN, sub: '' }))).toBe('provider_failed');
  });
});
