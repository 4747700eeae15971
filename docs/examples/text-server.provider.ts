import { Injectable, Module } from '@nestjs/common';
import { Observable } from 'rxjs';
import { DONE_EVENT, encodeSseEvent } from '../../libs/sse/sse-encoder.js';
import { toTokenUsage } from '../../libs/usage/to-token-usage.js';
import type { AnswerEvent } from '../../src/http/answer-event.js';
import { InvalidRequestError } from '../../src/http/request-errors.js';
import { collectBody } from '../../src/proxy/providers/collect-body.js';
import { ProvidersModule } from '../../src/proxy/providers/providers.module.js';
import { fromErrorStatus } from '../../src/proxy/providers/status-error.js';
import type { UpstreamReply } from '../../src/proxy/providers/upstream-body.js';
import { UpstreamClient } from '../../src/proxy/providers/upstream-client.js';
import { upstreamError } from '../../src/proxy/providers/upstream-error.js';
import {
  UpstreamProvider,
  type ProviderCall,
  type UpstreamProviderContract,
} from '../../src/proxy/providers/upstream-provider.js';
import { Watchdog } from '../../src/proxy/providers/watchdog.js';

/** What the server answers to `POST /generate {"prompt": "…"}`. */
interface Generated {
  readonly text: string;
  readonly promptTokens: number;
  readonly tokens: number;
}

const MAX_ANSWER_BYTES = 1_048_576;

/**
 * Speaks to a server of our own that takes a prompt and gives a text. Its address is configured with the kind in front:
 * `AI_GATEWAY_UPSTREAMS="house=text-server+http://10.0.0.7:9000"`; clients call the model `house/<model>`.
 */
@Injectable()
@UpstreamProvider({ name: 'text-server' })
export class TextServerProvider implements UpstreamProviderContract {
  constructor(private readonly client: UpstreamClient) {}

  answer(call: ProviderCall): Observable<AnswerEvent> {
    return new Observable((subscriber) => {
      const { upstream, servedModel } = call.target;
      if (call.call.format !== 'chat') {
        subscriber.error(new InvalidRequestError('unsupported_endpoint', `'${upstream.name}' takes chat completions.`));
        return undefined;
      }
      const exchange = this.client.send({
        upstream: upstream.name,
        method: 'POST',
        url: `${upstream.baseUrl}/generate`,
        headers: { 'content-type': 'application/json' },
        body: Buffer.from(JSON.stringify({ model: servedModel, prompt: promptOf(call.call.fields.messages) })),
      });
      const limits = { firstMs: Infinity, idleMs: Infinity, deadlineAtMs: call.limits.deadlineAtMs };
      const watchdog = new Watchdog(upstream.name, limits, (error) => subscriber.error(error));
      exchange.reply.then(
        (reply) => {
          const lastTry = call.context.tries.at(-1);
          if (lastTry) lastTry.httpStatus = reply.status;
          collectBody(reply.body, MAX_ANSWER_BYTES, ({ bytes, isWhole }) => {
            try {
              for (const event of toEvents(readReply(reply, bytes, isWhole, call), call)) subscriber.next(event);
              subscriber.complete();
            } catch (error) {
              subscriber.error(error);
            }
          });
        },
        (error: unknown) => subscriber.error(error),
      );
      // Whoever unsubscribes has left or timed out: the server's socket closes at once.
      return () => {
        watchdog.stop();
        exchange.abort();
      };
    });
  }
}

/** @throws {UpstreamError} which knows its answer to the client, and whether another try may help */
function readReply(reply: UpstreamReply, bytes: Buffer, isWhole: boolean, { target }: ProviderCall): Generated {
  if (reply.status !== 200) throw fromErrorStatus(reply, bytes, target);
  const { name } = target.upstream;
  if (!isWhole) throw upstreamError('upstream_reset', `The upstream '${name}' broke off.`);
  try {
    return JSON.parse(bytes.toString('utf8')) as Generated;
  } catch (error) {
    throw upstreamError('upstream_bad_response', `The upstream '${name}' sent no JSON.`, { cause: error });
  }
}

/** The answer in OpenAI's words: one body, or a short stream. */
function* toEvents({ text, promptTokens, tokens }: Generated, { context, call, target }: ProviderCall) {
  const usage = {
    prompt_tokens: promptTokens,
    completion_tokens: tokens,
    total_tokens: promptTokens + tokens,
  };
  const counted = { usage: toTokenUsage(usage) ?? undefined };
  const head = {
    id: `chatcmpl-${context.requestId}`,
    created: Math.floor(Date.now() / 1_000),
    model: target.servedModel,
  };
  const headers = {};
  if (!call.isStream) {
    const choices = [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }];
    context.answerHead = { status: 200, contentType: 'application/json', headers };
    const data = JSON.stringify({ ...head, object: 'chat.completion', choices, usage });
    yield { data, text, isLast: true, ...counted };
    return;
  }
  context.answerHead = { status: 200, contentType: 'text/event-stream', headers };
  const chunk = (more: object): string =>
    encodeSseEvent({ data: JSON.stringify({ ...head, object: 'chat.completion.chunk', ...more }) });
  yield { data: chunk({ choices: [{ index: 0, delta: { content: text }, finish_reason: 'stop' }] }), text, ...counted };
  if (call.wantsUsage) yield { data: chunk({ choices: [], usage }), text: '' };
  yield { data: DONE_EVENT, text: '', isLast: true };
}

function promptOf(messages: unknown): string {
  if (!Array.isArray(messages)) return '';
  return (messages as { role?: unknown; content?: unknown }[])
    .map(({ role, content }) => `${String(role)}: ${typeof content === 'string' ? content : JSON.stringify(content)}`)
    .join('\n');
}

@Module({ imports: [ProvidersModule], providers: [TextServerProvider] })
export default class TextServerModule {}
