import { readFile } from 'node:fs/promises';
import { Injectable, Module } from '@nestjs/common';
import { map, type Observable } from 'rxjs';
import CodeNamesModule from '../docs/examples/code-names.policy.js';
import RerankModule from '../docs/examples/rerank.endpoint.js';
import TextServerModule from '../docs/examples/text-server.provider.js';
import type { AnswerEvent } from '../src/http/answer-event.js';
import type { RequestContext } from '../src/http/request-context.js';
import { StartError } from '../src/http/start-error.js';
import { PipelinePolicy, type AnswerPolicy, type CallPolicy } from '../src/proxy/policies/pipeline-policy.js';
import { backAtBaseline } from './support/baseline.js';
import { aChatRequest, get, post, recordOf, type ErrorShape } from './support/clients.js';
import { startGateway, type RunningGateway } from './support/start-gateway.js';
import { startGatewayProcess } from './support/start-gateway-process.js';
import { startSimulator, type Simulator } from './support/start-simulator.js';

@Injectable()
@PipelinePolicy({ stage: 'routed' })
class ClumsyCheck implements CallPolicy {
  check({ tags }: RequestContext): void {
    if (tags.at === 'check') throw new TypeError('clumsy secret');
  }
}

@Injectable()
@PipelinePolicy({ stage: 'answer' })
class ClumsyAnswer implements AnswerPolicy {
  apply(answer: Observable<AnswerEvent>, { tags }: RequestContext): Observable<AnswerEvent> {
    if (tags.at !== 'answer') return answer;
    return answer.pipe(
      map((event, index) => {
        if (index === 2) throw new TypeError('clumsy secret');
        return event;
      }),
    );
  }
}

@Module({ providers: [ClumsyCheck, ClumsyAnswer] })
class ClumsyModule {}

/** The simulator has no `/generate`; scripts make one. */
const GENERATED = { json: { text: 'It is deep.', promptTokens: 7, tokens: 4 } };

describe('modules of one’s own', () => {
  let simulator: Simulator;
  let gateway: RunningGateway;

  beforeAll(async () => {
    simulator = await startSimulator();
    gateway = await startGateway(
      {
        AI_GATEWAY_UPSTREAM: simulator.url,
        AI_GATEWAY_UPSTREAMS: `house=text-server+${simulator.url}`,
        AI_GATEWAY_PRICES: JSON.stringify({ 'deep-one': { input: 1, output: 10 }, ranker: { input: 1, output: 1 } }),
      },
      { modules: [TextServerModule, CodeNamesModule, RerankModule] },
    );
  });
  afterAll(async () => {
    await gateway.close();
    await simulator.close();
  });
  beforeEach(() => simulator.reset());
  afterEach(() => backAtBaseline(gateway, ['default', 'house']));

  describe('a provider', () => {
    it('answers in the format of the client, priced by its own usage', async () => {
      simulator.script('/v1/generate', GENERATED);

      const answer = await post(`${gateway.url}/chat/completions`, aChatRequest({ model: 'house/deep-one' }));

      expect(answer.json()).toMatchObject({
        object: 'chat.completion',
        model: 'deep-one',
        choices: [{ message: { role: 'assistant', content: 'It is deep.' }, finish_reason: 'stop' }],
        usage: { prompt_tokens: 7, completion_tokens: 4, total_tokens: 11 },
      });
      expect(simulator.calls()[0]?.json).toEqual({
        model: 'deep-one',
        prompt: 'user: Tell me something about the sea.',
      });
      expect(answer.headers.get('x-gateway-upstream')).toBe('house');
      expect(answer.headers.get('x-cost-usd')).toBe('0.000047');
      const record = await recordOf(gateway.origin, answer.headers.get('x-request-id') ?? '');
      expect(record).toMatchObject({
        status: 'ok',
        inputTokens: 7,
        outputTokens: 4,
        usageSource: 'upstream',
        attempts: 1,
      });
    });

    it('streams', async () => {
      simulator.script('/v1/generate', GENERATED);
      const request = aChatRequest({ model: 'house/deep-one', stream: true });

      const events = (await post(`${gateway.url}/chat/completions`, request)).events();

      expect(JSON.parse(events[0] ?? '')).toMatchObject({ choices: [{ delta: { content: 'It is deep.' } }] });
      expect(events.slice(1)).toEqual(['[DONE]']);
    });

    it('is retried, and its errors have the one shape', async () => {
      simulator.script('/v1/generate', { status: 503 }, GENERATED, { status: 422, error: { message: 'Too deep.' } });
      const call = () => post(`${gateway.url}/chat/completions`, aChatRequest({ model: 'house/deep-one' }));

      expect((await call()).headers.get('x-gateway-attempts')).toBe('2');
      const refused = await call();
      expect(refused.status).toBe(422);
      expect(refused.json<ErrorShape>().error.message).toBe('Too deep.');
      simulator.script('/v1/generate', { body: 'no JSON' });
      expect((await call()).json<ErrorShape>().error.code).toBe('upstream_bad_response');
      const elsewhere = await post(`${gateway.url}/embeddings`, { model: 'house/deep-one', input: 'a' });
      expect(elsewhere.json<ErrorShape>().error.code).toBe('unsupported_endpoint');
    });

    it('that nobody brings stops the start with one sentence', async () => {
      const starting = startGateway({ AI_GATEWAY_UPSTREAMS: `house=text-server+${simulator.url}` });

      await expect(starting).rejects.toThrow(StartError);
      await expect(starting).rejects.toThrow(
        `The upstream 'house' (text-server+${simulator.url}) is of the kind 'text-server', and no provider speaks to that. ` +
          "Add the module that brings one to AI_GATEWAY_MODULES, or write the address without 'text-server+'.",
      );
    });
  });

  it('a policy refuses calls at its stage, before anybody is called', async () => {
    const messages = [{ role: 'user', content: 'What do you know about Project Falcon?' }];
    const refused = await post(`${gateway.url}/chat/completions`, aChatRequest({ messages }));
    expect(refused.status).toBe(403);
    expect(refused.json<ErrorShape>().error).toMatchObject({ type: 'permission_error', code: 'code_name_refused' });
    expect(simulator.calls()).toEqual([]);
    expect((await recordOf(gateway.origin, refused.headers.get('x-request-id') ?? '')).status).toBe('rejected');

    simulator.script('/v1/generate', GENERATED);
    const inTheHouse = await post(
      `${gateway.url}/chat/completions`,
      aChatRequest({ model: 'house/deep-one', messages }),
    );
    expect(inTheHouse.status).toBe(200);
  });

  it('an endpoint has the whole pipeline', async () => {
    const body = { results: [{ index: 0, relevance_score: 0.9 }], usage: { prompt_tokens: 12, total_tokens: 12 } };
    simulator.script('/v1/rerank', { json: body });

    const answer = await post(`${gateway.url}/rerank`, { model: 'ranker', query: 'sea', documents: ['deep'] });

    expect(answer.json()).toEqual(body);
    expect(answer.headers.get('x-cost-usd')).toBe('0.000012');
    const record = await get(`${gateway.origin}/api/requests/${answer.headers.get('x-request-id')}`);
    expect(record.json()).toMatchObject({ endpoint: '/v1/rerank', model: 'ranker', inputTokens: 12, status: 'ok' });
    expect((await post(`${gateway.url}/rerank`, { query: 'sea' })).json<ErrorShape>().error.code).toBe('invalid_model');
  });

  it('that fail by mistake fail one request, and say nothing of how', async () => {
    const clumsy = await startGateway({ AI_GATEWAY_UPSTREAM: simulator.url }, { modules: [ClumsyModule] });
    const call = (stream: boolean, clumsiness: string) =>
      post(`${clumsy.url}/chat/completions`, aChatRequest({ stream }), {
        headers: { 'x-gateway-tags': `at=${clumsiness}` },
      });

    const before = await call(false, 'check');
    expect(before.status).toBe(500);
    expect(before.json<ErrorShape>().error).toMatchObject({ type: 'api_error', code: 'internal_error' });
    const inside = await call(true, 'answer');
    expect(inside.status).toBe(200);
    expect(JSON.parse(inside.events().at(-1) ?? '')).toMatchObject({ error: { code: 'internal_error' } });
    expect(before.text + inside.text).not.toMatch(/clumsy secret|e2e-spec/);
    expect((await call(false, 'nowhere')).status).toBe(200);
    await backAtBaseline(clumsy);
    await clumsy.close();
  });

  it('come as JavaScript files by AI_GATEWAY_MODULES', async () => {
    const started = await startGatewayProcess({
      AI_GATEWAY_UPSTREAM: simulator.url,
      AI_GATEWAY_MODULES: './docs/examples/require-team.policy.mjs',
    });

    const refused = await post(`${started.url}/chat/completions`, aChatRequest());
    const taken = await post(`${started.url}/chat/completions`, aChatRequest(), {
      headers: { 'x-gateway-tags': 'team=search' },
    });

    expect(refused.status).toBe(400);
    expect(refused.json<ErrorShape>().error.code).toBe('team_missing');
    expect(taken.status).toBe(200);
    expect(await started.kill()).toBe(0);
  });

  it('that cannot be imported stop the start with one sentence', async () => {
    const starting = startGatewayProcess({ AI_GATEWAY_MODULES: './docs/examples/nowhere.mjs' });

    await expect(starting).rejects.toThrow('AI_GATEWAY_MODULES: ./docs/examples/nowhere.mjs cannot be imported:');
  });

  it('stand in docs/extending.md as they are tested here', async () => {
    const text = await readFile('docs/extending.md', 'utf8');
    const names = ['text-server.provider.ts', 'code-names.policy.ts', 'rerank.endpoint.ts', 'require-team.policy.mjs'];
    for (const name of names) expect(text).toContain((await readFile(`docs/examples/${name}`, 'utf8')).trim());
  });
});
