/** Byte offsets of a member's value in the body. */
export type Span = readonly [start: number, end: number];

/** A request body that was read once, beside its bytes, which are what goes upstream. */
export interface ParsedBody {
  readonly bytes: Buffer;
  /** The top object's members. Without a prototype: `__proto__` or `constructor` are fields like any other. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** Where the values of the top-level fields that the gateway reads stand. */
  readonly spans: ReadonlyMap<string, Span>;
  /** Offset of the closing brace of the top object. */
  readonly bodyEnd: number;
  readonly isEmptyObject: boolean;
}
