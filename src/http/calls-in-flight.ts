import { Injectable } from '@nestjs/common';
import { PendingCount } from './pending-count.js';
import type { RequestContext } from './request-context.js';

/** Counts the calls under way, and knows whether the gateway is being stopped. */
@Injectable()
export class CallsInFlight {
  private readonly calls = new PendingCount();
  /** Places are used again, so this never grows past the most calls at once; see PendingCount for why it is no Set. */
  private readonly stoppers: ((() => void) | undefined)[] = [];
  private readonly freePlaces: number[] = [];
  isDraining = false;

  get count(): number {
    return this.calls.count;
  }

  add(context: RequestContext): void {
    this.calls.begin();
    context.onEnd(() => this.calls.end());
  }

  /** Resolves once no call is under way. */
  whenEmpty(): Promise<void> {
    return this.calls.whenNone();
  }

  /** Registers what ends a call when the drain's time is over; the returned function takes it back, and is called once. */
  onStop(stop: () => void): () => void {
    const place = this.freePlaces.pop() ?? this.stoppers.length;
    this.stoppers[place] = stop;
    return () => {
      this.stoppers[place] = undefined;
      this.freePlaces.push(place);
    };
  }

  /** Ends every call that is still under way. */
  stopAll(): void {
    for (const stop of this.stoppers.slice()) stop?.();
  }
}
