type Json = Readonly<Record<string, unknown>>;

/** Bytes, or their base64 where a script travels as JSON. */
export type ScriptBytes = Uint8Array | { readonly base64: string };

/** `Retry-After` in its three forms. */
export type RetryAfter =
  | { readonly seconds: number }
  /** An HTTP date that lies this far in the future when the answer is sent. */
  | { readonly dateInMs: number }
  /** `retry-after-ms`. */
  | { readonly ms: number };

export type UsageShape =
  /** As the API does it: on streams only when the client asked. The default. */
  | 'normal'
  /** Also on streams whose client did not ask. */
  | 'always'
  | 'none'
  /** `"usage": null` wherever usage could be. */
  | 'null'
  /** In every event, growing; the last event before `[DONE]` has the final numbers. */
  | 'cumulative'
  /** The usage event has a choice (with an empty delta) where OpenAI's has none. */
  | 'with-choices'
  /** In the event that has the `finish_reason`, and no event of its own. */
  | 'on-finish'
  /** The usage event comes right after the first event. */
  | 'early';

export type ContentEncoding =
  | 'gzip'
  | 'br'
  | 'deflate'
  /** Says gzip and sends plain bytes. */
  | 'lying'
  /** The first half of a gzip stream. */
  | 'truncated'
  /** 64 KB that unpack to 64 MB. */
  | 'bomb';

export type Chunking =
  /** One write an event; a buffered body in one write. The default. */
  | 'event'
  /** The whole answer in one write, once it is complete. */
  | 'whole'
  /** One write a byte. */
  | 'byte'
  /** Writes of 1 to `maxBytes` (64 when not given) bytes that depend on the seed alone. */
  | { readonly seed: number; readonly maxBytes?: number }
  /** Several events a write. */
  | { readonly eventsPerChunk: number };

/**
 * How one call is answered. Every field is optional and an empty behaviour answers as the API would. Fields of the first
 * group choose the answer; the others bend it, and go together as far as they make sense together.
 */
export interface Behaviour {
  /** How many calls it answers before the next of its queue takes over; 1 when not given. `Infinity` is `'forever'`. */
  readonly times?: number | 'forever';

  // The answer
  readonly status?: number;
  /** Fields laid over the error object of a `status` of 400 and above. */
  readonly error?: Json;
  /** Laid over the headers of the answer; null takes one away. */
  readonly headers?: Readonly<Record<string, string | readonly string[] | null>>;
  readonly contentType?: string;
  /** Exact body, as JSON. */
  readonly json?: unknown;
  /** Exact body, as text: broken JSON, HTML, anything. */
  readonly body?: string;
  /** Exact body, as bytes; sent as they are, so it is the cheapest answer there is. */
  readonly bytes?: ScriptBytes;
  /** Exact event stream: the whole text, or its events one by one with their blank lines. */
  readonly sse?: string | readonly string[];
  /** Exact bytes on the wire, status line and headers included; then the connection is closed. */
  readonly rawResponse?: string | ScriptBytes;
  readonly retryAfter?: RetryAfter;
  /** Answers 307 (or the given 3xx `status`) with this `Location`; a path stays on the simulator. */
  readonly redirectTo?: string;
  /** What the model says, in the place of the demo model's own words. Chat, completions, Responses and Messages only. */
  readonly answer?: string;
  readonly usage?: { readonly shape?: UsageShape; readonly values?: Json };

  // Time
  readonly headersAfterMs?: number;
  /** Time between the headers and the first event or byte of the body. */
  readonly firstEventAfterMs?: number;
  readonly tokensPerSecond?: number;
  /** Time between any two events; goes before `tokensPerSecond`. */
  readonly eventEveryMs?: number;

  // Streams. `afterEvents` counts the events sent before it happens; 0 is before the first.
  readonly stallAfterEvents?: number;
  /** Comments for ever, and no more events. */
  readonly heartbeats?: { readonly afterEvents: number; readonly everyMs: number };
  /** Repeats the last event of content for ever. */
  readonly endless?: { readonly afterEvents: number; readonly everyMs: number };
  /** One event of this size. */
  readonly hugeEvent?: { readonly afterEvents: number; readonly bytes: number };
  /** A line that never ends. */
  readonly endlessLine?: { readonly afterEvents: number };
  /** One event whose data is broken JSON; the stream goes on after it. */
  readonly malformedEventAfter?: number;
  /** An error event, after which the stream ends. `error` is laid over the error object. */
  readonly streamError?: { readonly afterEvents: number; readonly error?: Json };
  readonly resetAfterEvents?: number;
  /** Ends cleanly too early. */
  readonly endAfterEvents?: number;
  readonly omitFinishReason?: boolean;
  readonly omitDone?: boolean;

  // The connection
  /** `mid-body` sends half of a body, or two events and half of a third. */
  readonly reset?: 'before-headers' | 'after-headers' | 'mid-body';
  /** Resets the call before any header when it came on a socket that had served another one; else answers it. */
  readonly resetReusedSocket?: boolean;
  /** Closes all idle sockets once the answer is out. */
  readonly closeIdleSockets?: boolean;
  /**
   * Answers before the body has been read. `linger` goes on reading until the client has sent everything, `close` closes
   * at once. Works for scripts that match a path or everything: the model is not known yet.
   */
  readonly earlyAnswer?: 'linger' | 'close';
  readonly contentEncoding?: ContentEncoding;
  /** A `content-length` 10 bytes too small (the rest follows all the same) or too large (the connection then closes). */
  readonly contentLength?: 'short' | 'long';
  readonly chunking?: Chunking;
}

export function bytesOf(bytes: ScriptBytes): Buffer {
  return 'base64' in bytes ? Buffer.from(bytes.base64, 'base64') : Buffer.from(bytes);
}
