import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { LogStream } from '../src/observability/log-stream.js';
import { aChatRequest, get, post } from './support/clients.js';
import { startGateway } from './support/start-gateway.js';
import { startSimulator } from './support/start-simulator.js';

/** What people paste into prompts, send as credentials, and get back from models. */
const SECRETS = {
  clientKey: 'sk-proj-Zx81kLmQpR7sTuVwXyZ0123456789abcdef',
  xApiKey: 'sk-ant-api03-Qq92PlantedByTheTest_0123456789-AA',
  wrongKey: 'gw-WrongAndPlanted0123456789abcdefABCDEFghij',
  adminKey: 'planted-admin-key-0123456789-abcdef-XYZ',
  gatewayKey: 'sk-gateway-upstream-Planted9876543210abcdef',
  bearer: 'Bearer pl4ntedBearerToken.0123456789',
  email: 'planted.person+secret@mail.example.co.uk',
  awsSecret: 'wJalrXUtnFEMIK7MDENGbPxRfiCYPLANTEDKEY01',
  github: 'ghp_Planted0123456789abcdefghijABCDEFGHIJ',
  jwt: 'eyJhbGciOiJIUzI1NiJ9.eyJwbGFudGVkIjoxMjM0NTY3ODkwfQ.c2lnbmF0dXJlLXBsYW50ZWQtaGVyZQ',
  password: 'pl4nted-Passw0rd-of-the-database',
};

/** The part that is secret, without the words around it. */
const needlesOf = (secret: string): string[] => {
  const bare = secret.replace(/^Bearer /, '');
  const digest = createHash('sha256').update(bare);
  return [bare, digest.copy().digest('hex'), digest.copy().digest('base64'), Buffer.from(bare).toString('base64')];
};

it('keeps no secret of a prompt, an answer or a header, in any file, log line, metric, error or answer of the API', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'secrets-'));
  const lines: string[] = [];
  @Module({ providers: [{ provide: LogStream, useValue: { write: (line: string) => void lines.push(line) } }] })
  class KeptLog {}
  const simulator = await startSimulator();
  const gateway = await startGateway(
    {
      AI_GATEWAY_UPSTREAM: simulator.url,
      AI_GATEWAY_API_KEY: SECRETS.gatewayKey,
      AI_GATEWAY_ADMIN_KEY: SECRETS.adminKey,
      AI_GATEWAY_RETRY_ATTEMPTS: '1',
      DATABASE_PATH: join(folder, 'gateway.db'),
      LOG_LEVEL: 'trace',
    },
    { modules: [KeptLog] },
  );
  const prompt = `Please check this: ${SECRETS.bearer}, mail ${SECRETS.email}, aws_secret ${SECRETS.awsSecret}, ${SECRETS.github}, ${SECRETS.jwt}, postgres://app:${SECRETS.password}@db/x, key ${SECRETS.clientKey}`;
  const outputs: string[] = [];
  const keep = async (answer: Promise<{ text: string; headers: Headers }>): Promise<string> => {
    const { text, headers } = await answer;
    outputs.push(text, JSON.stringify([...headers]));
    return headers.get('x-request-id') ?? '';
  };

  const ids: string[] = [];
  for (const headers of [
    { authorization: `Bearer ${SECRETS.clientKey}` },
    { 'x-api-key': SECRETS.xApiKey },
    { 'api-key': SECRETS.clientKey },
    {},
  ]) {
    for (const stream of [false, true]) {
      simulator.script('*', { answer: `Yes: ${prompt}` });
      const call = post(
        `${gateway.url}/chat/completions`,
        aChatRequest({ stream, messages: [{ role: 'user', content: prompt }] }),
        { headers },
      );
      // The client's own answer holds what the model said; it is the one place where it belongs.
      ids.push((await call).headers.get('x-request-id') ?? '');
    }
  }
  // Upstreams like to quote the key that they refuse.
  for (const status of [401, 400, 500]) {
    simulator.script('*', { status, error: { message: `Incorrect API key provided: ${SECRETS.clientKey}` }, times: 2 });
    const { headers } = await post(`${gateway.url}/chat/completions`, aChatRequest(), {
      headers: { authorization: `Bearer ${SECRETS.clientKey}` },
    });
    ids.push(headers.get('x-request-id') ?? '');
    simulator.reset();
  }
  // Refusals of the gateway's own.
  await keep(
    post(`${gateway.url}/chat/completions`, aChatRequest(), {
      headers: { authorization: `Bearer ${SECRETS.wrongKey}` },
    }),
  );
  await keep(
    post(`${gateway.url}/chat/completions`, aChatRequest(), {
      headers: { authorization: `Bearer ${SECRETS.adminKey}` },
    }),
  );
  await keep(post(`${gateway.url}/chat/completions`, `{"model":"gpt-4o","messages":[{"content":"${SECRETS.email}`));
  await keep(get(`${gateway.url}/models`, { authorization: `Bearer ${SECRETS.clientKey}` }));

  const admin = { authorization: `Bearer ${SECRETS.adminKey}` };
  for (const path of [
    '/api/costs',
    '/api/costs?groupBy=key,model',
    '/api/prompt-log',
    '/api/me',
    '/health',
    '/metrics',
  ])
    await keep(get(gateway.origin + path, admin));
  for (const id of ids) await keep(get(`${gateway.origin}/api/requests/${id}`, admin));
  await keep(get(`${gateway.origin}/api/costs/${SECRETS.clientKey}`, { authorization: `Bearer ${SECRETS.clientKey}` }));
  await keep(get(`${gateway.origin}/api/prompt-log`, { authorization: `Bearer ${SECRETS.clientKey}` }));
  await gateway.close();
  await simulator.close();

  expect(ids.filter((id) => id !== '')).toHaveLength(11);
  const files = readdirSync(folder).map((name) => [name, readFileSync(join(folder, name)).toString('latin1')] as const);
  rmSync(folder, { recursive: true });
  const stored = files.find(([name]) => name === 'gateway.db')?.[1] ?? '';
  expect(stored).toContain('Please check this: [redacted]');
  const places: readonly (readonly [string, string])[] = [
    ...files,
    ['the log', lines.join('')],
    ['an answer', outputs.join('\n')],
  ];
  for (const [name, secret] of Object.entries(SECRETS)) {
    for (const needle of needlesOf(secret)) {
      for (const [place, text] of places) expect([name, place, text.includes(needle)]).toEqual([name, place, false]);
    }
  }
});
