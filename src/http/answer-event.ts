import type { TokenUsage } from '../../libs/usage/token-usage.js';

/**
 * One piece of an answer on its way to the client: one server-sent event, one chunk of bytes, or a whole body.
 * One type for every endpoint and provider, streaming or not.
 */
export interface AnswerEvent {
  /** What goes over the wire, as the upstream sent it; `''` for an event that only carries usage. */
  readonly data: string | Buffer;
  /** Visible text that this event adds; `''` for none. */
  readonly text: string;
  /** Tokens as reported so far; it replaces every report before it. */
  readonly usage?: TokenUsage | undefined;
  /** The client has the whole answer once it has this event; the ledger commits before it goes out. */
  readonly isLast?: boolean;
}
