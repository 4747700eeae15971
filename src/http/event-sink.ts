/** Something that those who run the gateway may want to be told elsewhere; plain JSON, without secrets or texts. */
export interface GatewayEvent {
  /** `budget_alert`, for one. */
  readonly type: string;
  readonly [field: string]: unknown;
}

/** Where events go beside the log: a webhook, for one. Optional; found by `findSeam`. */
export interface EventSink {
  /** Takes the event and returns at once; never throws, never waits. */
  emit(event: GatewayEvent): void;
}
export const EventSink = Symbol('EventSink');
