import type { IncomingMessage, ServerResponse } from 'node:http';
import { ANONYMOUS, type Caller } from './caller.js';
import type { ModelCall } from './model-call.js';
import type { Settlement } from './settlement.js';
import type { Target } from './target.js';

/** Why a model went where it went; shown in the request's record. */
export interface RouteDecision {
  readonly requestedModel: string;
  /** `exact:fast`, `glob:gpt-*`, `upstream`, `default`, `demo`, `saved-credential`. */
  readonly rule: string;
  readonly upstream: string;
  readonly servedModel: string;
}

/** One call to an upstream. A free try is the one repeated because a reused socket had gone stale. */
export interface UpstreamTry {
  readonly upstream: string;
  readonly model: string | null;
  readonly startedAt: Date;
  durationMs: number | null;
  httpStatus: number | null;
  error: string | null;
  free?: true;
}

/** What a limit read for this request; the headers, the error and the record show these same numbers. */
export interface LimitReading {
  readonly limit: number;
  readonly remaining: number;
  readonly resetMs: number;
}

/** What was spent of a budget when the call came; USD as in `/api`. */
export interface BudgetReading {
  readonly spentUsd: number;
  readonly limitUsd: number;
  /** ISO 8601; null when nothing ever resets. */
  readonly resetsAt: string | null;
}

/** The limits that held for a request, as read for it. */
export interface LimitReadings {
  requests?: LimitReading;
  tokens?: LimitReading;
  /** Calls at the same time; a slot frees itself whenever a call ends. */
  parallel?: Omit<LimitReading, 'resetMs'> & { readonly resetMs: null };
  /** The budget with the least left. */
  budget?: BudgetReading;
}

/** Status and headers of the answer, known from the upstream's head on. */
export interface AnswerHead {
  readonly status: number;
  readonly contentType: string | undefined;
  /** Upstream headers that may pass, already under the names that the client sees. */
  readonly headers: Readonly<Record<string, string | string[]>>;
}

/** The brake between a slow reader and the upstream's body. */
export interface Flow {
  pause(): void;
  resume(): void;
}

export type EndingStatus = 'ok' | 'partial' | 'aborted' | 'failed' | 'rejected';

/** How a request ended, told once to every observer. */
export interface Ending {
  readonly status: EndingStatus;
  readonly httpStatus: number;
  readonly errorCode: string | null;
}

/** Texts for the prompt log; filled by the prompt log, written with the ledger's row. */
export interface PromptRecord {
  promptPreview: string | null;
  responsePreview: string | null;
}

/**
 * Everything that modules share about one request. Modules never import one another: they meet here.
 * Times named `…AtMs` are of the monotonic clock (`performance.now()`).
 */
export class RequestContext {
  readonly startedAt = new Date();
  readonly startedAtMs = performance.now();
  caller: Caller = ANONYMOUS;
  /** Address of the client, after the rules on trusted proxies. */
  clientAddress = '';
  /** A name from a bounded set (`/v1/chat/completions`, `/v1/*`), fit as a metric's label. */
  endpoint = 'unknown';
  /** `X-Gateway-Tags`, over the key's own tags. */
  tags: Readonly<Record<string, string>> = {};
  /** `X-Gateway-No-Log: true`: no text of this request is stored. */
  isTextUnlogged = false;
  /** `X-Gateway-Include-Cost: true`: the client wants `usage.cost`. */
  wantsCost = false;
  call: ModelCall | undefined;
  /** The request takes the raw road: bytes pass, nothing is read. */
  isRaw = false;
  route: RouteDecision | undefined;
  /** Where the route leads, with the credential of the call. Never logged. */
  target: Target | undefined;
  readonly tries: UpstreamTry[] = [];
  readonly limits: LimitReadings = {};
  /** Headers that the answer gets whatever it is; names in lower case. */
  readonly responseHeaders: Record<string, string> = {};
  /** Trailers of a streamed answer; names as shown. */
  readonly trailers: Record<string, string> = {};
  answerHead: AnswerHead | undefined;
  flow: Flow | undefined;
  /** Something went to the client: from here on there is no retry and errors come in the stream. */
  isCommitted = false;
  /** The gateway has tried as often as it may: the client is told not to add its own retries. */
  areRetriesSpent = false;
  /** The client has gone; nothing is retried, nothing is written. */
  hasClientLeft = false;
  /** First event from the upstream, and the time that the upstream held us, for the gateway's own share. */
  firstEventAtMs: number | undefined;
  upstreamWaitMs = 0;
  readonly prompt: PromptRecord = { promptPreview: null, responsePreview: null };
  /** Model that the upstream says it served, where it says so. */
  reportedModel: string | undefined;
  private ending: Ending | undefined;
  private readonly observers: ((ending: Ending) => void)[] = [];
  private settlement: Settlement | undefined;
  private readonly settlementObservers: ((settlement: Settlement) => void)[] = [];

  constructor(
    private id: string,
    readonly request: IncomingMessage,
    readonly response: ServerResponse,
  ) {}

  get requestId(): string {
    return this.id;
  }

  /** Another id for a request whose client chose one that has a record already; the answer's header shows it. */
  renewRequestId(id: string): void {
    this.id = id;
    this.responseHeaders['X-Request-Id'] = id;
  }

  /** Registers an observer of the ending; it runs at once when the request has ended already. */
  onEnd(observer: (ending: Ending) => void): void {
    if (this.ending) observer(this.ending);
    else this.observers.push(observer);
  }

  /** Ends the request once; later calls change nothing. */
  end(ending: Ending): void {
    if (this.ending) return;
    this.ending = ending;
    for (const observer of this.observers) observer(ending);
  }

  get ended(): Ending | undefined {
    return this.ending;
  }

  /**
   * Registers an observer of what the call used. It runs before the ending where the client waits for its answer, after
   * it where the client has left and the tokens had to be counted, and never where nothing was called.
   */
  onSettle(observer: (settlement: Settlement) => void): void {
    if (this.settlement) observer(this.settlement);
    else this.settlementObservers.push(observer);
  }

  /** Tells once what the call used and costs; later calls change nothing. */
  settle(settlement: Settlement): void {
    if (this.settlement) return;
    this.settlement = settlement;
    for (const observer of this.settlementObservers) observer(settlement);
  }

  get settled(): Settlement | undefined {
    return this.settlement;
  }

  /** Model actually asked of the upstream, for prices and records. */
  get servedModel(): string | undefined {
    return this.route?.servedModel;
  }
}

/** Tries that count as such: all but the free ones. */
export function countedTries(context: RequestContext): number {
  return context.tries.filter((one) => one.free !== true).length;
}

const CONTEXT = Symbol('gateway request context');

type WithContext = IncomingMessage & { [CONTEXT]?: RequestContext };

export function attachContext(request: IncomingMessage, context: RequestContext): void {
  (request as WithContext)[CONTEXT] = context;
}

/** @throws {Error} when the request did not come through the gateway's own HTTP layer. */
export function contextOf(request: IncomingMessage): RequestContext {
  const context = (request as WithContext)[CONTEXT];
  if (!context) throw new Error('request without a context: the request-context middleware must run first');
  return context;
}

export function findContext(request: IncomingMessage): RequestContext | undefined {
  return (request as WithContext)[CONTEXT];
}
