import { ApiError, ConnectionLostError } from '../api-error.js';
import type { AnswerContent } from './answer-content.js';
import { LiveAnswer, type LiveAnswerOptions } from './live-answer.js';
import type { PageFrames } from './page-frames.js';
import type { Completion } from './stream-completion.js';

/** A page whose frames come when the test says so. */
class ManualFrames implements PageFrames {
  private due: (() => void) | null = null;
  private leaving: (() => void) | null = null;

  readonly schedule = (run: () => void) => {
    this.due = run;
    return () => {
      this.due = null;
    };
  };
  readonly onHiddenOrShown = () => () => undefined;
  readonly onLeave = (listener: () => void) => {
    this.leaving = listener;
    return () => {
      this.leaving = null;
    };
  };

  draw(): void {
    const { due } = this;
    this.due = null;
    due?.();
  }

  leave(): void {
    this.leaving?.();
  }
}

/** A stream whose events come when the test says so. */
function aStream() {
  const calls: Completion[] = [];
  const ends: { readonly resolve: () => void; readonly reject: (error: Error) => void }[] = [];
  const stream = (completion: Completion) => {
    calls.push(completion);
    return new Promise<void>((resolve, reject) => {
      ends.push({ resolve, reject });
      completion.signal.addEventListener('abort', () => reject(new DOMException('Stopped', 'AbortError')));
    });
  };
  return { stream, calls, ends };
}

function aLiveAnswer(more: Partial<LiveAnswerOptions> = {}) {
  const frames = new ManualFrames();
  const source = aStream();
  let clock = 0;
  const live = new LiveAnswer({
    model: 'demo',
    body: {},
    frames,
    stream: source.stream,
    now: () => clock,
    makeRequestId: () => `req_${source.calls.length}`,
    ...more,
  });
  const seen: AnswerContent[] = [];
  live.subscribe(() => seen.push(live.snapshot()));
  const passTime = (ms: number) => {
    clock += ms;
  };
  return { live, frames, seen, passTime, ...source };
}

const overloaded = new ApiError(
  { message: 'busy', type: 'overloaded_error', param: null, code: 'gateway_overloaded' },
  {
    status: 503,
    requestId: null,
    retryAfterMs: 1,
    shouldRetry: true,
    source: 'gateway',
    upstream: null,
    attempts: null,
  },
);

describe('LiveAnswer', () => {
  it('shows at most one new state a frame, and all of the text at the end', async () => {
    const { live, frames, seen, calls, ends } = aLiveAnswer();
    for (const text of ['a', 'b', 'c']) calls[0]?.onDelta({ text });
    expect(seen).toHaveLength(0);
    frames.draw();
    expect(seen.map(({ text }) => text)).toEqual(['abc']);
    calls[0]?.onDelta({ text: 'd', finishReason: 'stop' });
    ends[0]?.resolve();
    expect(await live.finished).toMatchObject({ state: 'done', text: 'abcd', finishReason: 'stop' });
    expect(live.snapshot().text).toBe('abcd');
  });

  it('takes the first token of any kind as the first', async () => {
    const { live, passTime, calls, ends } = aLiveAnswer();
    passTime(100);
    calls[0]?.onDelta({ reasoning: 'hm' });
    passTime(900);
    calls[0]?.onDelta({ text: 'yes' });
    ends[0]?.resolve();
    expect(await live.finished).toMatchObject({
      startedAtMs: 0,
      firstTokenAtMs: 100,
      firstTextAtMs: 1000,
      endedAtMs: 1000,
    });
  });

  it('keeps the text when it is stopped, and really aborts', async () => {
    const { live, calls } = aLiveAnswer();
    calls[0]?.onDelta({ text: 'half' });
    live.stop();
    expect(calls[0]?.signal.aborted).toBe(true);
    expect(await live.finished).toMatchObject({ state: 'stopped', text: 'half', error: null });
  });

  it('tells an answer that broke off from one that never came', async () => {
    const broken = aLiveAnswer();
    broken.calls[0]?.onDelta({ text: 'half' });
    broken.ends[0]?.reject(new ConnectionLostError());
    expect(await broken.live.finished).toMatchObject({ state: 'broken', text: 'half', error: { kind: 'lost' } });
    const failed = aLiveAnswer();
    failed.ends[0]?.reject(new ConnectionLostError());
    expect((await failed.live.finished).state).toBe('failed');
  });

  it('asks a busy gateway once more by itself, under a new id, and not twice', async () => {
    const { live, calls, ends } = aLiveAnswer();
    ends[0]?.reject(overloaded);
    while (calls.length < 2) await new Promise((resolve) => setImmediate(resolve));
    expect(calls[1]?.requestId).not.toBe(calls[0]?.requestId);
    ends[1]?.reject(overloaded);
    expect(await live.finished).toMatchObject({ state: 'failed', error: { kind: 'api' } });
    expect(calls).toHaveLength(2);
  });

  it('is stored once a second, and handed over when the page goes', async () => {
    const saved: string[] = [];
    const left: string[] = [];
    const { live, frames, passTime, calls, ends } = aLiveAnswer({
      onSave: ({ text }) => saved.push(text),
      onLeave: ({ text }) => left.push(text),
    });
    for (const text of ['a', 'b', 'c', 'd']) {
      passTime(500);
      calls[0]?.onDelta({ text });
    }
    expect(saved).toEqual(['ab', 'abcd']);
    frames.leave();
    expect(left).toEqual(['abcd']);
    ends[0]?.resolve();
    await live.finished;
  });
});
