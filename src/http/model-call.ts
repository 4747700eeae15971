import type { ParsedBody } from '../../libs/openai/json-body.js';
import type { Span } from '../../libs/openai/json-body.js';
import type { WireFormat } from '../../libs/openai/wire-format.js';

/** A request that names a model, read once from the bytes that the client sent. */
export interface ModelCall {
  readonly format: WireFormat;
  /** The path below the base URL, as it goes upstream: `/chat/completions`. */
  readonly path: string;
  /** The model id as the client named it. */
  readonly model: string;
  readonly isStream: boolean;
  /** The client asked for the usage chunk itself; otherwise the gateway asks and hides it. */
  readonly wantsUsage: boolean;
  readonly bytes: Buffer;
  readonly contentType: string;
  /** The parsed JSON body; empty for multipart uploads. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** Present for JSON bodies: where the fields stand that the gateway may splice. */
  readonly json?: ParsedBody | undefined;
  /** Present for multipart bodies: where the model's name stands. */
  readonly multipartModel?: Span | undefined;
}
