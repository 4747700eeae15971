import type { IncomingMessage } from 'node:http';
import { loadConfig } from '../config/load-config.js';
import { CrossSiteRefusedError } from './auth-errors.js';
import { assertOwnPage } from './cross-site.js';

const { config } = loadConfig({
  GATEWAY_PUBLIC_URL: 'https://ai.example.com',
  DASHBOARD_URL: 'https://chat.example.com',
});

function aWrite(headers: Record<string, string>, method = 'POST'): IncomingMessage {
  const request = { method, headers: { host: 'ai.example.com', ...headers }, socket: { remoteAddress: '203.0.113.1' } };
  return request as unknown as IncomingMessage;
}

describe('assertOwnPage', () => {
  it.each([
    { origin: 'https://ai.example.com' },
    { origin: 'https://chat.example.com' },
    { 'sec-fetch-site': 'same-origin' },
    { origin: 'null', 'sec-fetch-site': 'same-origin' },
  ])('lets a write from our own page through: %j', (headers) => {
    expect(() => assertOwnPage(aWrite(headers), config)).not.toThrow();
  });

  it.each([
    {},
    { origin: 'null' },
    { origin: 'null', 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'none' },
    { origin: 'https://evil.example' },
    { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
    { origin: 'http://ai.example.com' },
    { origin: 'https://ai.example.com.evil.example' },
    { origin: 'https://ai.example.com:8443' },
    { origin: 'https://evil.example, https://ai.example.com' },
  ])('refuses a write from elsewhere: %j', (headers) => {
    expect(() => assertOwnPage(aWrite(headers), config)).toThrow(CrossSiteRefusedError);
  });

  it('leaves reads alone', () => {
    expect(() => assertOwnPage(aWrite({ origin: 'https://evil.example' }, 'GET'), config)).not.toThrow();
  });
});
