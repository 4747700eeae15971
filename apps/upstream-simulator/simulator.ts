import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Behaviour } from './behaviour.js';
import { type CertificateKind, makeServerCertificate, type ServerCertificate } from './certificate.js';
import { answerControl, CONTROL_PATH, type Controlled } from './control.js';
import { fixedAnswerOf } from './fixed-answer.js';
import { FileStore } from './file-store.js';
import { Ledger, type ModelUsage } from './ledger.js';
import { readBody } from './read-body.js';
import { ScriptBook } from './script-book.js';
import { serveCall } from './serve-call.js';
import type { SimulatorCall } from './simulator-call.js';
import { pathnameOf } from './simulator-request.js';
import { SocketRegister } from './socket-register.js';

export interface SimulatorOptions {
  /** A free port when not given. */
  readonly port?: number;
  /** `127.0.0.1` when not given. */
  readonly host?: string;
  /** When given, calls without this key are answered 401. Azure's addresses want it as `api-key`. */
  readonly requiredKey?: string;
  /** Speaks https with such a certificate. */
  readonly tls?: CertificateKind;
  /** Pace of streams without a script, as fast as can be when not given. */
  readonly tokensPerSecond?: number;
  /** How many calls the ledger keeps, 100,000 when not given; sums are never forgotten. */
  readonly maxCalls?: number;
  /** `false` leaves calls with a fixed answer (exact `bytes`, or `sse` at an even pace) out of the ledger: for benchmarks. */
  readonly recordsFixedAnswers?: boolean;
}

// Longer than any client keeps a connection, so that none is closed but by a script.
const KEEP_ALIVE_MS = 600_000;

/** Starts a simulator that listens on loopback. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const certificate = options.tls === undefined ? null : makeServerCertificate(options.tls);
  const simulator = new Simulator(options, certificate);
  await simulator.listen();
  return simulator;
}

/** An upstream that answers as OpenAI, Azure and Anthropic do, or as it is told to, and keeps account of it. */
export class Simulator implements Controlled {
  private readonly server: Server;
  private readonly scripts = new ScriptBook();
  private readonly files = new FileStore();
  private readonly sockets = new SocketRegister();
  private readonly watchers = new Set<() => void>();
  private readonly ledger: Ledger;

  constructor(
    private readonly options: SimulatorOptions,
    private readonly certificate: ServerCertificate | null,
  ) {
    this.ledger = new Ledger({ maxCalls: options.maxCalls ?? 100_000, onChange: () => this.changed() });
    const listener = (request: IncomingMessage, response: ServerResponse) => this.onRequest(request, response);
    const limits = { keepAliveTimeout: KEEP_ALIVE_MS, requestTimeout: 0, maxHeaderSize: 1_048_576 };
    this.server =
      certificate === null
        ? createHttpServer(limits, listener)
        : createHttpsServer({ ...limits, key: certificate.key, cert: certificate.cert }, listener);
    this.server.on(certificate === null ? 'connection' : 'secureConnection', (socket: Socket) =>
      this.sockets.add(socket),
    );
  }

  /** `http://127.0.0.1:54321` */
  get origin(): string {
    const { port } = this.server.address() as AddressInfo;
    const host = this.options.host ?? '127.0.0.1';
    return `${this.certificate === null ? 'http' : 'https'}://${host.includes(':') ? `[${host}]` : host}:${port}`;
  }

  /** The base URL of the API. */
  get url(): string {
    return `${this.origin}/v1`;
  }

  /** The authority that a client must trust to accept the certificate; null without TLS. */
  get certificateAuthority(): string | null {
    return this.certificate?.ca ?? null;
  }

  get totalCalls(): number {
    return this.ledger.total;
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(this.options.port ?? 0, this.options.host ?? '127.0.0.1', resolve);
    });
  }

  /**
   * Queues behaviours for the calls that match, one call each unless they say otherwise.
   * @param match a model id, a path (`/v1/chat/completions`), either with `*` at its end, or `*` for every call
   */
  script(match: string, ...behaviours: readonly Behaviour[]): void {
    this.scripts.add(match, behaviours);
  }

  calls(filter: (call: SimulatorCall) => boolean = () => true): SimulatorCall[] {
    return this.ledger.list().filter(filter);
  }

  usageByModel(): Readonly<Record<string, ModelUsage>> {
    return this.ledger.usageByModel();
  }

  openSockets(): number {
    return this.sockets.size;
  }

  closeIdleSockets(): void {
    this.server.closeIdleConnections();
  }

  /** Forgets scripts, calls and files; connections stay. */
  reset(): void {
    this.scripts.clear();
    this.ledger.clear();
    this.files.clear();
  }

  /** The first call that meets the condition, at once or as soon as one does. */
  async waitFor(predicate: (call: SimulatorCall) => boolean, timeoutMs = 5_000): Promise<SimulatorCall> {
    return new Promise((resolve, reject) => {
      const finish = (settle: () => void) => {
        clearTimeout(timer);
        this.watchers.delete(look);
        settle();
      };
      const look = () => {
        const found = this.ledger.list().find(predicate);
        if (found !== undefined) finish(() => resolve(found));
      };
      const timer = setTimeout(() => finish(() => reject(new NoSuchCallError(timeoutMs, this.calls()))), timeoutMs);
      this.watchers.add(look);
      look();
    });
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.server.close(() => resolve());
      this.sockets.destroyAll();
    });
  }

  private changed(): void {
    for (const look of this.watchers) look();
  }

  private answerFixed(request: IncomingMessage, response: ServerResponse): boolean {
    const path = pathnameOf(request.url ?? '');
    const behaviour = this.scripts.mindsModels ? null : this.scripts.peekByPath(path);
    const serve = behaviour === null ? null : fixedAnswerOf(behaviour);
    if (serve === null) return false;
    this.scripts.take(null, path);
    serve(request, response);
    return true;
  }

  private onRequest(request: IncomingMessage, response: ServerResponse): void {
    if (request.url?.startsWith(CONTROL_PATH) === true) {
      this.sockets.markControl(request.socket);
      void readBody(request).then((body) => answerControl(request, response, this, body));
      return;
    }
    if (this.options.recordsFixedAnswers === false && this.answerFixed(request, response)) return;
    const { socketId, requestOnSocket } = this.sockets.used(request.socket);
    const call = this.ledger.open(request, socketId, requestOnSocket);
    const { scripts, files, options } = this;
    void serveCall(request, response, call, {
      scripts,
      files,
      requiredKey: options.requiredKey ?? null,
      tokensPerSecond: options.tokensPerSecond ?? Infinity,
      closeIdleSockets: () => this.closeIdleSockets(),
    });
  }
}

export class NoSuchCallError extends Error {
  override readonly name = 'NoSuchCallError';

  constructor(timeoutMs: number, calls: readonly SimulatorCall[]) {
    const seen = calls
      .slice(-10)
      .map((call) => `${call.method} ${call.path} (${call.model ?? 'no model'}): ${call.ending}`);
    super(`No call met the condition within ${timeoutMs} ms. The last of ${calls.length} calls:\n${seen.join('\n')}`);
  }
}
