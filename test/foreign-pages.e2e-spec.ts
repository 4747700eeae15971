import { request as httpRequest } from 'node:http';
import { aChatRequest, post, type ErrorShape } from './support/clients.js';
import { startGateway, type RunningGateway } from './support/start-gateway.js';

describe('calls that a page makes without a key', () => {
  let gateway: RunningGateway;
  beforeAll(async () => {
    gateway = await startGateway({ AI_GATEWAY_CORS_ORIGINS: 'https://app.example.com' });
  });
  afterAll(() => gateway.close());

  const call = (headers: Record<string, string>) =>
    post(`${gateway.url}/chat/completions`, aChatRequest({ model: 'demo' }), { headers });

  it.each([
    ['of somebody else', { origin: 'https://evil.example' }],
    ['without a name of its own', { origin: 'null' }],
    ['that the browser calls foreign', { 'sec-fetch-site': 'cross-site' }],
  ])('are refused from a page %s', async (_page, headers) => {
    const answer = await call(headers);
    expect(answer.status).toBe(403);
    expect(answer.json<ErrorShape>().error.code).toBe('cross_site_refused');
  });

  it.each([
    ['no page at all', {}],
    ['the dashboard', { 'sec-fetch-site': 'same-origin' }],
    ['a listed origin', { origin: 'https://app.example.com', 'sec-fetch-site': 'cross-site' }],
  ])('are answered from %s', async (_page, headers) => {
    expect((await call(headers)).status).toBe(200);
  });

  it('are answered from a page of somebody else that brings a key of its own', async () => {
    const headers = { origin: 'https://evil.example', authorization: 'Bearer sk-of-the-page' };
    expect((await call(headers)).status).toBe(200);
  });

  it('are refused from a foreign name that resolves to this machine', async () => {
    const { port } = new URL(gateway.origin);
    const body = JSON.stringify(aChatRequest({ model: 'demo' }));
    // fetch forbids a Host of one's own.
    const status = await new Promise((resolve, reject) => {
      const headers = {
        host: `evil.example:${port}`,
        origin: `http://evil.example:${port}`,
        'content-type': 'application/json',
      };
      httpRequest({ port, path: '/v1/chat/completions', method: 'POST', headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      })
        .on('error', reject)
        .end(body);
    });
    expect(status).toBe(403);
  });
});
