import { LRUCache } from 'lru-cache';
import type { Dispatcher } from 'undici';
import type { BodySink, UpstreamBody, UpstreamReply } from './upstream-body.js';
import type { UpstreamRequest } from './upstream-request.js';

type Controller = Dispatcher.DispatchController;

const MAX_EARLY_BYTES = 131_072;
const ABORTED = new Error('the call was aborted by the gateway');

/** How a body ended: whole, or with what broke it. */
interface BodyEnding {
  readonly error?: Error;
}
const WHOLE: BodyEnding = {};

interface Address {
  readonly origin: string;
  readonly path: string;
}

/** Calls go to the same few addresses, and parsing one costs as much as sending it. */
const addresses = new LRUCache<string, Address>({ max: 500 });
const MAX_REMEMBERED_CHARS = 512;

function addressOf(url: string): Address {
  const known = addresses.get(url);
  if (known) return known;
  const { origin, pathname, search } = new URL(url);
  const address = { origin, path: pathname + search };
  if (url.length <= MAX_REMEMBERED_CHARS) addresses.set(url, address);
  return address;
}

/**
 * One request on an undici dispatcher: the reply's head as a promise, the body pushed to a sink. A plain handler in the
 * place of `dispatcher.request()` saves a Readable per answer.
 */
export class UndiciExchange implements Dispatcher.DispatchHandler, UpstreamBody {
  readonly reply: Promise<UpstreamReply>;
  private resolve!: (reply: UpstreamReply) => void;
  private reject!: (thrown: unknown) => void;
  private controller: Controller | undefined;
  private sink: BodySink | undefined;
  private isAborted = false;
  /**
   * Kept as data and told by `read`. A closure assigned to a property would be allocated in the old generation, from
   * where it keeps the whole call in memory until the next full collection.
   */
  private ending: BodyEnding | undefined;
  /** What arrived before somebody read: usually the rest of the packet that brought the head. */
  private readonly early: Buffer[] = [];
  private earlyBytes = 0;

  constructor(
    private readonly dispatcher: Dispatcher,
    private readonly request: UpstreamRequest,
  ) {
    this.reply = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }

  start(): Promise<UpstreamReply> {
    const { origin, path } = addressOf(this.request.url);
    const options: Dispatcher.DispatchOptions = {
      origin,
      path,
      method: this.request.method as Dispatcher.HttpMethod,
      headers: this.request.headers,
      body: this.request.body,
    };
    try {
      this.dispatcher.dispatch(options, this);
    } catch (thrown) {
      this.reject(thrown);
    }
    return this.reply;
  }

  onRequestStart(controller: Controller): void {
    this.controller = controller;
    if (this.isAborted) controller.abort(ABORTED);
  }

  onResponseStart(
    _controller: Controller,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    // 1xx answers come before the real one.
    if (status < 200) return;
    this.resolve({ status, headers, body: this });
  }

  onResponseData(controller: Controller, chunk: Buffer): void {
    if (this.isAborted) return;
    if (this.sink) {
      this.sink.data(chunk);
      return;
    }
    this.early.push(chunk);
    this.earlyBytes += chunk.length;
    if (this.earlyBytes > MAX_EARLY_BYTES) controller.pause();
  }

  onResponseEnd(): void {
    this.finish(WHOLE);
  }

  onResponseError(_controller: Controller, error: Error): void {
    this.reject(error);
    this.finish({ error });
  }

  read(sink: BodySink): void {
    this.sink = sink;
    for (const chunk of this.early.splice(0)) sink.data(chunk);
    if (!this.ending) this.resume();
    else if (!this.isAborted) tell(sink, this.ending);
  }

  pause(): void {
    if (!this.ending) this.controller?.pause();
  }

  resume(): void {
    if (!this.ending) this.controller?.resume();
  }

  abort(): void {
    if (this.isAborted || this.ending) return;
    this.isAborted = true;
    this.reject(ABORTED);
    this.controller?.abort(ABORTED);
  }

  private finish(ending: BodyEnding): void {
    if (this.ending) return;
    this.ending = ending;
    if (this.sink && !this.isAborted) tell(this.sink, ending);
  }
}

function tell(sink: BodySink, { error }: BodyEnding): void {
  if (error) sink.error(error);
  else sink.end();
}
