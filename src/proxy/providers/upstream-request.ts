import type { Readable } from 'node:stream';

/** A call as it goes over the wire to an upstream. */
export interface UpstreamRequest {
  /** Name of the upstream, for messages. */
  readonly upstream: string;
  readonly method: string;
  readonly url: string;
  /** Names in lower case; the one credential is among them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | Readable | null;
  /** The base URL was saved by a person: private and local addresses are refused at connect time. */
  readonly isPublicOnly?: boolean;
}
