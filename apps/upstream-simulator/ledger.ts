import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { type JsonRecord, recordOf, textOf } from '../../libs/demo-model/read-json.js';
import { type CallEnding, type Moment, now, type SimulatorCall } from './simulator-call.js';
import { addCounts, countsOf, NO_TOKENS, type TokenCounts, usageIn } from './usage-report.js';

export interface ModelUsage extends TokenCounts {
  /** Calls that reported usage. */
  readonly calls: number;
}

export interface LedgerOptions {
  /** Oldest calls are forgotten beyond this number; sums keep them. */
  readonly maxCalls: number;
  /** Called after every change of any call. */
  readonly onChange: () => void;
}

/** The simulator's own account of what it was asked and what it answered, to compare the gateway's with. */
export class Ledger {
  private calls: RecordedCall[] = [];
  private nextIndex = 0;
  private sums = new Map<string, ModelUsage>();

  constructor(private readonly options: LedgerOptions) {}

  get total(): number {
    return this.nextIndex;
  }

  list(): readonly SimulatorCall[] {
    return this.calls;
  }

  /** Sum of the usage reported, by the model that was asked for; calls without a model are under the empty name. */
  usageByModel(): Readonly<Record<string, ModelUsage>> {
    return Object.fromEntries(this.sums);
  }

  clear(): void {
    this.calls = [];
    this.sums = new Map();
    this.nextIndex = 0;
  }

  open(request: IncomingMessage, socketId: number, requestOnSocket: number): RecordedCall {
    const call = new RecordedCall(this.nextIndex, request, socketId, requestOnSocket, {
      changed: this.options.onChange,
      reported: (before, after) => this.addUsage(call.model ?? '', before, after),
    });
    this.nextIndex += 1;
    this.calls.push(call);
    if (this.calls.length > this.options.maxCalls * 1.1) this.calls = this.calls.slice(-this.options.maxCalls);
    this.options.onChange();
    return call;
  }

  private addUsage(model: string, before: JsonRecord | null, after: JsonRecord): void {
    const sum = this.sums.get(model) ?? { ...NO_TOKENS, calls: 0 };
    const reduced = before === null ? sum : addCounts(sum, countsOf(before), -1);
    const calls = sum.calls + (before === null ? 1 : 0);
    this.sums.set(model, { ...addCounts(reduced, countsOf(after)), calls });
  }
}

interface CallEvents {
  readonly changed: () => void;
  readonly reported: (before: JsonRecord | null, after: JsonRecord) => void;
}

export class RecordedCall implements SimulatorCall {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
  readonly arrivedAt = now();
  model: string | null = null;
  isStream = false;
  body: Buffer = Buffer.alloc(0);
  json: unknown = undefined;
  bodyReadAt: Moment | null = null;
  headersSentAt: Moment | null = null;
  firstEventAt: Moment | null = null;
  endedAt: Moment | null = null;
  abortedAt: Moment | null = null;
  ending: CallEnding = 'open';
  status: number | null = null;
  eventsSent = 0;
  tokensSent = 0;
  bytesSent = 0;
  usage: JsonRecord | null = null;

  constructor(
    readonly index: number,
    request: IncomingMessage,
    readonly socketId: number,
    readonly requestOnSocket: number,
    private readonly events: CallEvents,
  ) {
    this.method = request.method ?? '';
    this.path = request.url ?? '';
    this.headers = request.headers;
    this.rawHeaders = request.rawHeaders;
  }

  get bodySha256(): string {
    return createHash('sha256').update(this.body).digest('hex');
  }

  /** Notes what has come of the body, which is not all of it when the peer has left. */
  bodyRead(body: Buffer, json: unknown, model: string | null, isWhole: boolean): void {
    this.body = body;
    this.json = json;
    this.model = model ?? (textOf(recordOf(json)['model']) || null);
    this.isStream = recordOf(json)['stream'] === true;
    if (isWhole) this.bodyReadAt = now();
    this.events.changed();
  }

  headersSent(status: number): void {
    this.status = status;
    this.headersSentAt = now();
    this.events.changed();
  }

  /** Notes what is about to be sent, so that whoever has got it finds it here. */
  sending(bytes: number, part: { readonly isEvent: boolean; readonly tokens: number; readonly text?: string }): void {
    this.bytesSent += bytes;
    this.tokensSent += part.tokens;
    if (part.isEvent) {
      this.eventsSent += 1;
      this.firstEventAt ??= now();
    }
    const usage = part.text === undefined ? null : usageIn(part.text);
    if (usage !== null) {
      const before = this.usage;
      this.usage = { ...before, ...usage };
      this.events.reported(before, this.usage);
    }
    this.events.changed();
  }

  /** Only the first ending counts. */
  ended(ending: Exclude<CallEnding, 'open'>): void {
    if (this.ending !== 'open') return;
    this.ending = ending;
    this.endedAt = now();
    if (ending === 'aborted') this.abortedAt = this.endedAt;
    this.events.changed();
  }
}
