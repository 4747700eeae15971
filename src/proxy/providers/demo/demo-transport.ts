import { demoReply, type DemoReply } from '../../../../libs/demo-model/demo-reply.js';
import type { BodySink, UpstreamBody } from '../upstream-body.js';
import type { Transport, UpstreamCall } from '../upstream-client.js';
import type { UpstreamRequest } from '../upstream-request.js';

/** The model that lives inside: it answers requests as an upstream would, without a network. */
export class DemoTransport implements Transport {
  send(request: UpstreamRequest): UpstreamCall {
    const body: unknown = Buffer.isBuffer(request.body) ? JSON.parse(request.body.toString('utf8')) : undefined;
    const reply = demoReply({ method: request.method, path: request.url, body });
    const answer = new FrameBody(reply);
    return {
      reply: Promise.resolve({ status: reply.status, headers: reply.headers, body: answer }),
      abort: () => answer.abort(),
    };
  }
}

/** Pushes the frames of a reply at their own pace. */
class FrameBody implements UpstreamBody {
  private readonly frames: Iterator<{ readonly afterMs: number; readonly text: string }>;
  private timer: NodeJS.Timeout | undefined;
  private sink: BodySink | undefined;
  private isPaused = false;
  private isOver = false;

  constructor(reply: DemoReply) {
    this.frames = reply.frames[Symbol.iterator]();
  }

  read(sink: BodySink): void {
    this.sink = sink;
    this.scheduleNext();
  }

  pause(): void {
    this.isPaused = true;
    clearTimeout(this.timer);
  }

  resume(): void {
    if (!this.isPaused) return;
    this.isPaused = false;
    this.scheduleNext();
  }

  abort(): void {
    this.isOver = true;
    clearTimeout(this.timer);
  }

  private scheduleNext(): void {
    if (this.isOver || this.isPaused) return;
    const next = this.frames.next();
    if (next.done === true) {
      this.isOver = true;
      this.sink?.end();
      return;
    }
    const { afterMs, text } = next.value;
    this.timer = setTimeout(() => {
      this.sink?.data(Buffer.from(text));
      this.scheduleNext();
    }, afterMs);
  }
}
