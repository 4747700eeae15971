import { mergeAnthropicUsage } from '../../../libs/anthropic/messages-stream.js';
import type { ReadError } from '../../../libs/openai/openai-error.js';
import { readStreamEvent, type StreamReading } from '../../../libs/openai/stream-reading.js';
import { DONE_EVENT } from '../../../libs/sse/sse-encoder.js';
import { SseParser, type SseEvent } from '../../../libs/sse/sse-parser.js';
import { toTokenUsage } from '../../../libs/usage/to-token-usage.js';
import type { AnswerEvent } from '../../http/answer-event.js';
import type { ModelCall } from '../../http/model-call.js';
import type { Target } from '../../http/target.js';
import { streamErrorStatus } from './stream-error-status.js';
import { fromErrorObject } from './status-error.js';
import { upstreamError } from './upstream-error.js';

/** A picture is one event, in base64; see docs/decisions/0003. */
const MAX_IMAGE_EVENT_BYTES = 33_554_432;

/** Turns the bytes of one upstream stream into answer events. Keeps each event's text; knows when the answer is whole. */
export class EventStreamReader {
  private readonly parser: SseParser;
  /** Events without content of their own (pings, ids) before the first real one; they go out with it. */
  private prefix = '';
  private hasStarted = false;
  private hasFinishReason = false;
  private rawUsage: unknown;
  isWhole = false;
  /** Model that the upstream says it served. */
  model: string | undefined;

  constructor(
    private readonly call: ModelCall,
    private readonly target: Target,
    private readonly emit: (event: AnswerEvent) => void,
  ) {
    this.parser = new SseParser(call.format === 'images' ? { maxEventBytes: MAX_IMAGE_EVENT_BYTES } : {});
  }

  /**
   * Emits the answer events completed by these bytes, one by one, so that those before a broken one arrive.
   * @throws {UpstreamError} the upstream told of an error
   * @throws {MalformedEventError} | {SseTooLargeError}
   */
  push(bytes: Buffer): void {
    this.readAll(this.parser.push(bytes));
  }

  /**
   * The stream has ended.
   * @throws {UpstreamError} `upstream_stream_truncated` when it ended before the answer did
   */
  end(): void {
    this.readAll(this.parser.end());
    if (this.isWhole) return;
    const { name } = this.target.upstream;
    if (!this.hasStarted) {
      const message = `The upstream '${name}' closed its stream without an event.`;
      throw upstreamError('upstream_reset', message, { isRetryable: true });
    }
    if (!this.hasFinishReason || !endsWithDone(this.call)) {
      throw upstreamError('upstream_stream_truncated', `The stream of '${name}' ended before the answer did.`);
    }
    this.isWhole = true;
    this.emit({ data: DONE_EVENT, text: '', isLast: true });
  }

  private readAll(events: readonly SseEvent[]): void {
    for (const event of events) {
      if (this.isWhole) return;
      this.read(event);
    }
  }

  private read(event: SseEvent): void {
    if (event.data === undefined || event.event === 'ping') {
      this.prefix += event.raw;
      return;
    }
    const reading = readStreamEvent(this.call.format, event);
    if (reading.error) throw this.toError(reading.error);
    if (reading.kind === 'done' && !this.hasStarted) {
      throw upstreamError(
        'upstream_bad_response',
        `The upstream '${this.target.upstream.name}' sent a stream without an answer.`,
      );
    }
    this.hasStarted = true;
    if (reading.finishReason !== undefined) this.hasFinishReason = true;
    this.model ??= reading.model;
    this.emit(this.toAnswer(event, reading));
  }

  private toAnswer(event: SseEvent, reading: StreamReading): AnswerEvent {
    const isHidden = reading.isUsageOnly && !this.call.wantsUsage;
    const data = isHidden ? '' : this.prefix + event.raw;
    if (!isHidden) this.prefix = '';
    this.isWhole = reading.isTerminal;
    const answer = { data, text: reading.reasoning + reading.text, isLast: reading.isTerminal };
    if (reading.usage === undefined || reading.usage === null) return answer;
    const isAnthropic = this.call.format === 'messages';
    this.rawUsage = isAnthropic ? mergeAnthropicUsage(this.rawUsage, reading.usage) : reading.usage;
    const usage = toTokenUsage(this.rawUsage, isAnthropic ? 'anthropic' : 'openai');
    return usage ? { ...answer, usage } : answer;
  }

  private toError(error: ReadError): Error {
    return fromErrorObject(streamErrorStatus(error), { error: error.object ?? error }, this.target);
  }
}

/** Chat and completions streams end with `[DONE]`; the others have a last event of their own. */
function endsWithDone(call: ModelCall): boolean {
  return call.format === 'chat' || call.format === 'completions';
}
