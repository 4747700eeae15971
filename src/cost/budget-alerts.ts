import { Injectable, Logger } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { BudgetAlertCounts } from '../http/budget-alert-counts.js';
import { EventSink, type GatewayEvent } from '../http/event-sink.js';
import { findSeam } from '../http/optional-seam.js';
import type { BudgetStanding } from './budget-book.js';
import { toBudgetReading } from './limit-errors.js';

/** Shares of a limit that are told, the largest first. */
const PERCENTS = [100, 80] as const;

/** Tells, once each time, that spending has reached 80 or 100 % of a budget: in the log, as a metric, as an event. */
@Injectable()
export class BudgetAlerts implements BudgetAlertCounts {
  readonly alertsByPercent = new Map<number, number>();
  private readonly logger = new Logger('budgets');

  constructor(private readonly modules: ModuleRef) {}

  /** Looks whether spending, or a new limit, has just carried a budget over a share that is told. */
  look(standing: BudgetStanding, before: { readonly spent: number; readonly limit: number }): void {
    const { spent, budget } = standing;
    const percent = percentReached(spent, budget.limitNanoUsd);
    if (percent <= percentReached(before.spent, before.limit)) return;
    this.alertsByPercent.set(percent, (this.alertsByPercent.get(percent) ?? 0) + 1);
    const alert = toAlert(standing, percent);
    this.logger.warn({ event: 'budget_alert', ...alert });
    this.emit({ type: 'budget_alert', ...alert });
  }

  private emit(event: GatewayEvent): void {
    try {
      findSeam<EventSink>(this.modules, EventSink)?.emit(event);
    } catch (error) {
      // A sink at fault must not fail the commit that the event comes from.
      this.logger.error({ event: 'event_sink_failed', type: event.type, error: String(error) });
    }
  }
}

/** 100, 80 or 0; a budget of nothing reaches nothing. */
function percentReached(spent: number, limit: number): number {
  if (limit === 0) return 0;
  return PERCENTS.find((percent) => spent * 100 >= limit * percent) ?? 0;
}

function toAlert(standing: BudgetStanding, percent: number): Readonly<Record<string, unknown>> {
  const { holder, period } = standing.budget;
  const of = holder.startsWith('usr_') ? { userId: holder } : { keyId: holder };
  return { ...of, percent, budgetPeriod: period, ...toBudgetReading(standing) };
}
