import type { ReadError } from './openai-error.js';

/** What one event of a streamed answer says. */
export interface StreamReading {
  /** `done` is the `[DONE]` that ends OpenAI's chat and completions streams. */
  readonly kind: 'event' | 'done';
  /** Text that the event adds to the answer: content, refusals and arguments of tool calls. */
  readonly text: string;
  /** Text that the event adds to the model's visible reasoning. */
  readonly reasoning: string;
  readonly finishReason: string | undefined;
  /** The usage object as it came. A later one replaces it; Anthropic's are merged by `mergeAnthropicUsage`. */
  readonly usage: unknown;
  /** A chunk with empty `choices` and a usage object, which a client gets only when it asked for usage. */
  readonly isUsageOnly: boolean;
  /** An error that the upstream tells inside the stream. */
  readonly error: ReadError | undefined;
  /** Whether the format's last event is this one. */
  readonly isTerminal: boolean;
  /** The model that answers, when the event names it. */
  readonly model: string | undefined;
}

/** An event of a stream whose data is neither `[DONE]` nor a JSON object. */
export class MalformedEventError extends Error {
  constructor() {
    super('The upstream sent an event that is not a JSON object.');
    this.name = 'MalformedEventError';
  }
}

const EMPTY_READING: StreamReading = {
  kind: 'event',
  text: '',
  reasoning: '',
  finishReason: undefined,
  usage: undefined,
  isUsageOnly: false,
  error: undefined,
  isTerminal: false,
  model: undefined,
};

/** An event that says what is given, and nothing else. */
export function aReading(said: Partial<StreamReading>): StreamReading {
  return { ...EMPTY_READING, ...said };
}
