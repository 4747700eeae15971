import type { IncomingHttpHeaders } from 'node:http';
import type { JsonRecord } from '../../libs/demo-model/read-json.js';

/** One moment by both clocks: the monotonic one for distances, the other to compare with another process. */
export interface Moment {
  /** `performance.now()` of the simulator's process. */
  readonly monotonicMs: number;
  /** `Date.now()` */
  readonly epochMs: number;
}

export function now(): Moment {
  return { monotonicMs: performance.now(), epochMs: Date.now() };
}

export type CallEnding =
  | 'open'
  /** Sent as scripted, to its last byte. */
  | 'complete'
  /** Broken off by the simulator, as scripted. */
  | 'cut'
  /** Broken off by the peer. */
  | 'aborted';

/** What the simulator knows about one call that it got. Live: fields change until the call has ended. */
export interface SimulatorCall {
  /** Counted from 0 in the order of arrival, since the start or the last reset. */
  readonly index: number;
  readonly method: string;
  /** Path and query as they came. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Names and values in turn, as they came. */
  readonly rawHeaders: readonly string[];
  /** From the body, or from the address of an Azure deployment. */
  readonly model: string | null;
  /** Whether a stream was asked for. */
  readonly isStream: boolean;
  /** What has arrived of the body. */
  readonly body: Buffer;
  readonly bodySha256: string;
  /** The parsed body; undefined when it is no JSON. */
  readonly json: unknown;
  /** Counted from 0; the same number is the same connection. */
  readonly socketId: number;
  /** 0 for the first request on its connection. */
  readonly requestOnSocket: number;
  readonly arrivedAt: Moment;
  readonly bodyReadAt: Moment | null;
  readonly headersSentAt: Moment | null;
  readonly firstEventAt: Moment | null;
  /** When the answer was sent whole, cut, or aborted. */
  readonly endedAt: Moment | null;
  /** When the peer left, if it did. */
  readonly abortedAt: Moment | null;
  readonly ending: CallEnding;
  /** Status of the answer, null when none was sent. */
  readonly status: number | null;
  readonly eventsSent: number;
  /** Tokens of output that went out, whatever usage says. */
  readonly tokensSent: number;
  readonly bytesSent: number;
  /** The usage reported so far: later fields over earlier ones, as both APIs mean it. */
  readonly usage: JsonRecord | null;
}
