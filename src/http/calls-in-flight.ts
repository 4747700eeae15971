import { Injectable } from '@nestjs/common';
import type { RequestContext } from './request-context.js';

/** Counts the calls under way, and knows whether the gateway is being stopped. */
@Injectable()
export class CallsInFlight {
  private readonly contexts = new Set<RequestContext>();
  private readonly emptied: (() => void)[] = [];
  private readonly stoppers = new Set<() => void>();
  isDraining = false;

  get count(): number {
    return this.contexts.size;
  }

  add(context: RequestContext): void {
    this.contexts.add(context);
    context.onEnd(() => {
      this.contexts.delete(context);
      if (this.contexts.size === 0) for (const tell of this.emptied.splice(0)) tell();
    });
  }

  /** Resolves once no call is under way. */
  whenEmpty(): Promise<void> {
    return this.contexts.size === 0 ? Promise.resolve() : new Promise((resolve) => this.emptied.push(resolve));
  }

  /** Registers what ends a call when the drain's time is over; the returned function takes it back. */
  onStop(stop: () => void): () => void {
    this.stoppers.add(stop);
    return () => this.stoppers.delete(stop);
  }

  /** Ends every call that is still under way. */
  stopAll(): void {
    for (const stop of this.stoppers) stop();
  }
}
