import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { lookup } from 'node:dns';
import { request } from 'undici';
import { mustBePublic, publicAgent } from './public-agent.js';

describe('publicAgent', () => {
  let server: Server;
  let port: number;
  let calls = 0;

  beforeAll(async () => {
    server = createServer((_request, response) => {
      calls += 1;
      response.end('reached');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => server.close());

  async function refusalOf(url: string, resolve?: typeof lookup): Promise<string | undefined> {
    const agent = publicAgent(500, resolve);
    try {
      await request(url, { dispatcher: agent });
      return undefined;
    } catch (error) {
      return (error as { readonly code?: string }).code;
    } finally {
      await agent.destroy();
    }
  }

  it.each([
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    '0.0.0.0',
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[64:ff9b::7f00:1]',
    '10.0.0.1',
    '172.16.0.1',
    '192.168.0.1',
    '100.64.0.1',
    '169.254.169.254',
    '[fe80::1]',
    '[fd00::1]',
    'localhost',
  ])('refuses %s before a byte is sent', async (host) => {
    expect(await refusalOf(`http://${host}:${port}/`)).toBe('ADDRESS_REFUSED');
    expect(calls).toBe(0);
  });

  it('refuses a name whose answer has become private: the address that was checked is the one that is dialled', async () => {
    const asked: string[] = [];
    const changing = ((host: string, _options: unknown, done: (error: null, found: unknown) => void) => {
      asked.push(host);
      done(null, [{ address: '127.0.0.1', family: 4 }]);
    }) as unknown as typeof lookup;
    expect(await refusalOf(`http://rebound.example:${port}/`, changing)).toBe('ADDRESS_REFUSED');
    expect(asked).toEqual(['rebound.example']);
    expect(calls).toBe(0);
  });

  it('refuses a name with one private address among public ones', async () => {
    const mixed = ((_host: string, _options: unknown, done: (error: null, found: unknown) => void) => {
      done(null, [
        { address: '203.0.113.7', family: 4 },
        { address: '::ffff:10.0.0.1', family: 6 },
      ]);
    }) as unknown as typeof lookup;
    expect(await refusalOf(`http://mixed.example:${port}/`, mixed)).toBe('ADDRESS_REFUSED');
  });
});

describe('mustBePublic', () => {
  it.each(['https://openrouter.ai/api/v1', 'http://ollama.internal:11434/v1', 'https://localhost.evil.example'])(
    'holds for the name in %s',
    (baseUrl) => expect(mustBePublic(baseUrl)).toBe(true),
  );

  it.each(['http://localhost:8080/v1', 'http://10.0.0.5/v1', 'http://[::1]:8080/v1', 'http://app.localhost/v1'])(
    'does not hold for the address that is written down in %s',
    (baseUrl) => expect(mustBePublic(baseUrl)).toBe(false),
  );
});
