import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { GoogleConfig } from '../config/gateway-config.js';
import { Secret } from '../config/secret.js';
import { IdentityProviderClient } from './identity-provider.client.js';

describe('IdentityProviderClient', () => {
  let server: Server;

  async function against(listener: RequestListener, deadlineMs?: number): Promise<IdentityProviderClient> {
    server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const google: GoogleConfig = {
      clientId: 'our-client',
      clientSecret: new Secret('our-secret'),
      authorizationUrl: `${origin}/authorize`,
      tokenUrl: `${origin}/token`,
      userinfoUrl: `${origin}/userinfo`,
    };
    return new IdentityProviderClient(google, deadlineMs);
  }

  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it('trades the code by a form that names the client', async () => {
    const client = await against((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += String(chunk)));
      request.on('end', () => response.end(JSON.stringify(Object.fromEntries(new URLSearchParams(body)))));
    });
    expect(await client.token('the-code', { grant_type: 'authorization_code', code_verifier: 'v' })).toEqual({
      grant_type: 'authorization_code',
      code_verifier: 'v',
      code: 'the-code',
      client_id: 'our-client',
      client_secret: 'our-secret',
    });
  });

  it('sends the access token in a header and never in the address', async () => {
    const client = await against((request, response) =>
      response.end(JSON.stringify({ url: request.url, authorization: request.headers.authorization })),
    );
    expect(await client.userInfo('the-token')).toEqual({ url: '/userinfo', authorization: 'Bearer the-token' });
  });

  it.each([
    ['says null', 200, 'null'],
    ['says no JSON', 200, '<html>'],
    ['says nothing', 200, ''],
    ['says too much', 200, `{"a":"${'x'.repeat(300_000)}"}`],
    ['refuses', 400, '{"error":"invalid_grant"}'],
    ['fails', 500, '{}'],
    ['redirects', 302, '{}'],
  ])('fails by its own error when the provider %s', async (_, status, body) => {
    const client = await against((_request, response) => {
      response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end(body);
    });
    await expect(client.userInfo('t')).rejects.toMatchObject({ code: 'provider_failed' });
  });

  it('does not wait for a silent provider, nor for one that hangs up', async () => {
    const silent = await against(() => undefined, 20);
    await expect(silent.userInfo('t')).rejects.toMatchObject({ code: 'provider_failed' });
    server.closeAllConnections();
    server.close();
    const rude = await against((request) => request.socket.destroy());
    await expect(rude.token('c', {})).rejects.toMatchObject({ code: 'provider_failed' });
  });
});
