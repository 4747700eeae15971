import { isLoopbackHost } from './loopback.js';

describe('isLoopbackHost', () => {
  it.each([
    '127.0.0.1',
    '127.1.2.3',
    '::1',
    '[::1]',
    '::ffff:127.0.0.1',
    '[::ffff:7f00:1]',
    'localhost',
    'LOCALHOST',
    'api.localhost',
  ])('knows %s as this machine', (host) => expect(isLoopbackHost(host)).toBe(true));

  it.each([
    '0.0.0.0',
    '::',
    '10.0.0.1',
    '128.0.0.1',
    'localhost.example.com',
    'notlocalhost',
    '127.0.0.1.example.com',
    'fe80::1',
  ])('takes %s for reachable by others', (host) => expect(isLoopbackHost(host)).toBe(false));
});
