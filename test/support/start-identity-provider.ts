import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseCookie } from 'cookie';
import { OAuth2Server, type MutableRedirectUri, type MutableResponse, type MutableToken } from 'oauth2-mock-server';

/** Somebody with an account at the identity provider. */
export interface Account {
  readonly sub: string;
  readonly email: string;
  readonly email_verified?: unknown;
  readonly name?: string;
}

/** What a request to the token endpoint holds. */
export type TokenRequest = IncomingMessage & { readonly body: Readonly<Record<string, string>> };

export interface IdentityProvider {
  readonly origin: string;
  /** The gateway's variables that point at it. */
  readonly env: Readonly<Record<string, string>>;
  /** Whoever comes without being signed in there chooses this account. */
  account: Account;
  /** Says no in the place of the next account. */
  denies: boolean;
  /** Bends the next ID token. */
  bendToken: (token: MutableToken) => void;
  /** Bends the answers of the token and user info endpoints. */
  bendAnswer: (answer: MutableResponse, endpoint: 'token' | 'userinfo') => void;
  /** Every path with query that was asked for. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

export const ANN: Account = { sub: '1001', email: 'ann@example.com', email_verified: true, name: 'Ann' };
export const BOB: Account = { sub: '1002', email: 'bob@example.com', email_verified: true, name: 'Bob' };

/** The browser's session at the provider: who is signed in there. */
export const ACCOUNT_COOKIE = 'identity_provider_account';

function signedInAt(request: IncomingMessage): Account | undefined {
  const value = parseCookie(request.headers.cookie ?? '')[ACCOUNT_COOKIE];
  return value === undefined ? undefined : (JSON.parse(value) as Account);
}

/**
 * A real authorization server on the loopback address, PKCE and one-use codes included. Who comes is who the
 * browser's cookie says, else `account`.
 */
export async function startIdentityProvider(): Promise<IdentityProvider> {
  const server = new OAuth2Server();
  await server.issuer.keys.generate('RS256');
  await server.start(0, '127.0.0.1');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  server.issuer.url = origin;
  const accountOfCode = new Map<string, Account>();
  const accountOfToken = new Map<string, Account>();
  const asked: string[] = [];
  const provider: IdentityProvider = {
    origin,
    env: {
      GOOGLE_CLIENT_ID: 'gateway-client',
      GOOGLE_CLIENT_SECRET: 'gateway-client-secret',
      GOOGLE_AUTHORIZATION_URL: `${origin}/authorize`,
      GOOGLE_TOKEN_URL: `${origin}/token`,
      GOOGLE_USERINFO_URL: `${origin}/userinfo`,
    },
    account: ANN,
    denies: false,
    bendToken: () => undefined,
    bendAnswer: () => undefined,
    asked,
    close: () => server.stop(),
  };
  server.service.on('beforeAuthorizeRedirect', ({ url }: MutableRedirectUri, request: IncomingMessage) => {
    asked.push(request.url ?? '');
    accountOfCode.set(url.searchParams.get('code') ?? '', signedInAt(request) ?? provider.account);
    if (!provider.denies) return;
    url.searchParams.delete('code');
    url.searchParams.set('error', 'access_denied');
  });
  server.service.on('beforeTokenSigning', (token: MutableToken, request: TokenRequest) => {
    token.payload.sub = accountOfCode.get(request.body.code ?? '')?.sub;
    provider.bendToken(token);
  });
  server.service.on('beforeResponse', (answer: MutableResponse, request: TokenRequest) => {
    asked.push(request.url ?? '');
    const account = accountOfCode.get(request.body.code ?? '');
    if (account && answer.body !== '') accountOfToken.set(String(answer.body.access_token), account);
    provider.bendAnswer(answer, 'token');
  });
  server.service.on('beforeUserinfo', (answer: MutableResponse, request: IncomingMessage) => {
    asked.push(request.url ?? '');
    const account = accountOfToken.get(String(request.headers.authorization).replace('Bearer ', ''));
    answer.body = { ...account };
    provider.bendAnswer(answer, 'userinfo');
  });
  return provider;
}
