import type { IncomingMessage } from 'node:http';
import { loadConfig } from '../config/load-config.js';
import { isAdminConfigured, isDirectLoopback } from './direct-loopback.js';

function aRequest(headers: Record<string, string>, remoteAddress = '127.0.0.1'): IncomingMessage {
  return { socket: { remoteAddress }, headers: { host: 'localhost:3002', ...headers } } as unknown as IncomingMessage;
}

const config = loadConfig({}).config;

describe('isDirectLoopback', () => {
  it.each(['127.0.0.1', '::1', '::ffff:127.0.0.1', '127.8.9.1'])('holds for the peer %s', (peer) => {
    expect(isDirectLoopback(aRequest({}, peer), config)).toBe(true);
  });

  it.each(['localhost', '127.0.0.1:80', '[::1]:3002', 'app.localhost:3002'])('holds for the host %s', (host) => {
    expect(isDirectLoopback(aRequest({ host }), config)).toBe(true);
  });

  it.each(['evil.example:3002', '127.0.0.1.evil.example', 'localhost.evil.example', '', '192.168.1.2'])(
    'fails for the host %j, under which a page could reach us by a name of its own',
    (host) => expect(isDirectLoopback(aRequest({ host }), config)).toBe(false),
  );

  it.each(['x-forwarded-for', 'forwarded', 'x-real-ip', 'via', 'x-forwarded-host', 'cf-connecting-ip'])(
    'fails behind a proxy, by its %s',
    (name) => expect(isDirectLoopback(aRequest({ [name]: '127.0.0.1' }), config)).toBe(false),
  );

  it('fails for a peer elsewhere', () => {
    expect(isDirectLoopback(aRequest({}, '192.168.1.7'), config)).toBe(false);
  });

  it.each(['http://localhost:5173', 'http://127.0.0.1', 'http://[::1]:9'])('holds for the origin %s', (origin) => {
    expect(isDirectLoopback(aRequest({ origin }), config)).toBe(true);
  });

  it.each(['https://evil.example', 'null', 'http://localhost.evil.example'])('fails for the origin %s', (origin) => {
    expect(isDirectLoopback(aRequest({ origin }), config)).toBe(false);
  });
});

describe('isAdminConfigured', () => {
  const google = { GOOGLE_CLIENT_ID: 'id', GOOGLE_CLIENT_SECRET: 'secret' };

  it('needs the admin key, or admin addresses with sign-in', () => {
    expect(isAdminConfigured(loadConfig({}).config)).toBe(false);
    expect(isAdminConfigured(loadConfig({ AI_GATEWAY_ADMIN_KEY: 'k'.repeat(32) }).config)).toBe(true);
    expect(isAdminConfigured(loadConfig({ AI_GATEWAY_ADMIN_EMAILS: 'ann@example.com' }).config)).toBe(false);
    expect(isAdminConfigured(loadConfig(google).config)).toBe(false);
    expect(isAdminConfigured(loadConfig({ ...google, AI_GATEWAY_ADMIN_EMAILS: 'ann@example.com' }).config)).toBe(true);
  });
});
