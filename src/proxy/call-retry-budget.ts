import type { RetryBudget } from '../../libs/retry/retry-budget.js';

/** The retry budget of an upstream as one call sees it: it remembers whether the call was refused a retry. */
export class CallRetryBudget {
  hasRefused = false;

  constructor(private readonly budget: RetryBudget) {}

  recordFirstTry(): void {
    this.budget.recordFirstTry();
  }

  tryTakeRetry(delayMs: number): boolean {
    const isGranted = this.budget.tryTakeRetry(delayMs);
    if (!isGranted) this.hasRefused = true;
    return isGranted;
  }
}
