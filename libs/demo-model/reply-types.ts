export interface DemoRequest {
  readonly method: string;
  /** Path below `/v1`, without a query: `/chat/completions`. */
  readonly path: string;
  /** The parsed JSON body; undefined where there is none. */
  readonly body: unknown;
}

export interface DemoOptions {
  /** Pace of a stream, 60 when not given. Buffered answers come at once. */
  readonly tokensPerSecond?: number;
  /** Makes the unique part of an id. */
  readonly id?: () => string;
  /** Unix time in seconds. */
  readonly nowSeconds?: () => number;
}

/** One write of an answer: a whole event of a stream, or a part of a buffered body. */
export interface DemoFrame {
  /** Time to wait after the frame before. */
  readonly afterMs: number;
  readonly text: string;
  /** Tokens of the answer that this frame carries. */
  readonly tokens?: number;
}

export interface DemoReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Made while they are read, so that leaving off costs nothing. */
  readonly frames: Iterable<DemoFrame>;
}

/** What the makers of replies are given: the options with their defaults filled in. */
export interface DemoContext {
  readonly msPerToken: number;
  readonly id: () => string;
  readonly nowSeconds: () => number;
}
