import { costNanoUsd } from '../../libs/pricing/cost-nano-usd.js';
import type { ModelPrice } from '../../libs/pricing/model-price.js';
import { guessTokens } from '../../libs/tokens/guess-tokens.js';
import { NO_USAGE, type TokenUsage } from '../../libs/usage/token-usage.js';
import type { Reservation } from './budget-reservations.js';

/** What a reservation was made for. */
export interface ReservedUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly price: ModelPrice | null;
}

/** How far beyond the text received a reservation is raised, so that not every event raises it. */
const HEADROOM = 1.25;

/** The money held for one call, from its estimate to its cost. */
export class CallReservation {
  private readonly inputTokens: number;
  private readonly price: ModelPrice | null;
  private coveredOutput: number;
  private received = 0;

  constructor(
    private readonly held: Reservation,
    { inputTokens, outputTokens, price }: ReservedUsage,
  ) {
    this.inputTokens = inputTokens;
    this.price = price;
    this.coveredOutput = outputTokens;
  }

  /** nano-USD. */
  get amount(): number {
    return this.held.amount;
  }

  /** More of the answer has come: an answer that outgrows what is held raises it. */
  grow(text: string): void {
    if (text === '' || this.price === null) return;
    this.received += guessTokens(text);
    if (this.received <= this.coveredOutput) return;
    this.coveredOutput = Math.ceil(this.received * HEADROOM);
    this.raiseTo({ ...NO_USAGE, inputTokens: this.inputTokens, outputTokens: this.coveredOutput }, this.price);
  }

  /** The upstream has said what was used so far. */
  report(usage: TokenUsage): void {
    if (this.price !== null) this.raiseTo(usage, this.price);
  }

  /** The cost is known; its row will be committed next. */
  fix(nanoUsd: number): void {
    this.held.change(nanoUsd);
  }

  release(): void {
    this.held.release();
  }

  private raiseTo(usage: TokenUsage, price: ModelPrice): void {
    this.held.change(Math.max(this.held.amount, costNanoUsd(usage, price)));
  }
}
