import { errorWords } from '../error-words.js';
import { newRequestId } from '../ids.js';
import { isWriting, keepError, newAnswer, withDelta, type AnswerContent } from './answer-content.js';
import type { CompletionDelta } from './completion-events.js';
import { browserFrames, type PageFrames } from './page-frames.js';
import { streamCompletion, type Completion } from './stream-completion.js';

const SAVE_MS = 1000;

export interface LiveAnswerOptions {
  readonly model: string;
  readonly body: object;
  /** Called at most once a second, and when the tab hides, while text arrives. */
  readonly onSave?: (answer: AnswerContent) => void;
  /** Called when the page is about to go: only what is kept at once is kept for sure. */
  readonly onLeave?: (answer: AnswerContent) => void;
  /** For tests. */
  readonly stream?: (completion: Completion) => Promise<void>;
  readonly now?: () => number;
  readonly makeRequestId?: () => string;
  readonly frames?: PageFrames;
}

/**
 * An answer that is being written. Deltas go to a buffer outside React; readers see at most one new state a
 * frame. A hidden tab gets no frames, so there a timer commits, and the first frame back is already whole.
 */
export class LiveAnswer {
  /** Settles with the ended answer; never rejects. */
  readonly finished: Promise<AnswerContent>;

  private readonly abort = new AbortController();
  private readonly listeners = new Set<() => void>();
  private readonly now: () => number;
  private pending: AnswerContent;
  private committed: AnswerContent;
  private readonly frames: PageFrames;
  private cancelCommit: (() => void) | null = null;
  private savedAtMs: number;

  constructor(private readonly options: LiveAnswerOptions) {
    this.now = options.now ?? Date.now;
    this.frames = options.frames ?? browserFrames;
    const requestId = (options.makeRequestId ?? newRequestId)();
    this.pending = newAnswer(requestId, options.model, this.now());
    this.committed = this.pending;
    this.savedAtMs = this.now();
    this.finished = this.run();
  }

  /** For `useSyncExternalStore`. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): AnswerContent => this.committed;

  /** A real abort: the gateway sees the connection close and ends the upstream's call. */
  stop(): void {
    this.abort.abort();
  }

  private async run(): Promise<AnswerContent> {
    const stopListening = [this.frames.onHiddenOrShown(this.onVisibility), this.frames.onLeave(this.onLeave)];
    try {
      await this.streamWithOneRetry();
      this.end({ state: 'done' });
    } catch (error) {
      if (this.abort.signal.aborted) this.end({ state: 'stopped' });
      else this.end({ state: this.hasText() ? 'broken' : 'failed', error: keepError(error, this.now()) });
    } finally {
      for (const stop of stopListening) stop();
    }
    return this.pending;
  }

  /** A busy or restarting gateway is asked once more by itself, when it said it would be free. */
  private async streamWithOneRetry(): Promise<void> {
    try {
      await this.stream();
    } catch (error) {
      const words = errorWords(error);
      if (this.abort.signal.aborted || this.hasText() || words.retriesByItselfAfterMs === null) throw error;
      this.change({ ...this.pending, waitNote: `${words.text} Trying once more…` });
      await pause(words.retriesByItselfAfterMs, this.abort.signal);
      const requestId = (this.options.makeRequestId ?? newRequestId)();
      this.change({ ...newAnswer(requestId, this.options.model, this.now()), waitNote: this.pending.waitNote });
      await this.stream();
    }
  }

  private stream(): Promise<void> {
    return (this.options.stream ?? streamCompletion)({
      requestId: this.pending.requestId,
      body: this.options.body,
      signal: this.abort.signal,
      onHeaders: this.onHeaders,
      onDelta: this.onDelta,
    });
  }

  private readonly onHeaders = (headers: Headers): void => {
    const served = headers.get('x-gateway-model');
    this.change({
      ...this.pending,
      requestId: headers.get('x-request-id') ?? this.pending.requestId,
      servedModel: served === null ? null : decode(served),
      upstream: headers.get('x-gateway-upstream'),
    });
  };

  private readonly onDelta = (delta: CompletionDelta): void => {
    this.change(withDelta(this.pending, delta, this.now()));
  };

  private readonly onVisibility = (): void => {
    this.commit();
    this.save();
  };

  private readonly onLeave = (): void => {
    if (isWriting(this.pending.state)) this.options.onLeave?.(this.pending);
  };

  private hasText(): boolean {
    return this.pending.text !== '' || this.pending.reasoning !== '' || this.pending.toolCalls.length > 0;
  }

  private end(end: Partial<AnswerContent>): void {
    this.pending = { ...this.pending, ...end, endedAtMs: this.now(), waitNote: null };
    this.commit();
  }

  private change(next: AnswerContent): void {
    this.pending = next;
    this.cancelCommit ??= this.frames.schedule(() => this.commit());
    if (this.now() - this.savedAtMs >= SAVE_MS) this.save();
  }

  private commit(): void {
    this.cancelCommit?.();
    this.cancelCommit = null;
    if (this.committed === this.pending) return;
    this.committed = this.pending;
    for (const listener of this.listeners) listener();
  }

  private save(): void {
    this.savedAtMs = this.now();
    if (isWriting(this.pending.state)) this.options.onSave?.(this.pending);
  }
}

function decode(header: string): string {
  try {
    return decodeURIComponent(header);
  } catch {
    return header; // Not percent-encoded after all.
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(new DOMException('Stopped', 'AbortError'));
    });
  });
}
