/** How long the gateway waits for a client that has fallen silent. No setting changes it; tests shorten it. */
export interface ClientPatience {
  /** No byte of a request's body for so long: 408, ms. */
  readonly bodySilenceMs: number;
  /** A reader that takes no byte of its answer for so long has gone, ms. */
  readonly readerStallMs: number;
}
export const ClientPatience = Symbol('ClientPatience');

export const USUAL_PATIENCE: ClientPatience = Object.freeze({ bodySilenceMs: 30_000, readerStallMs: 60_000 });
