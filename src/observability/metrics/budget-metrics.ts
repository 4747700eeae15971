import { Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { Counter } from 'prom-client';
import { BudgetAlertCounts } from '../../http/budget-alert-counts.js';
import { findSeam } from '../../http/optional-seam.js';
import { MetricsRegistry } from './metrics-registry.js';

/** How often budgets have run low or out. Which ones, the log tells: keys are too many for labels. */
@Injectable()
export class BudgetMetrics {
  constructor({ registry }: MetricsRegistry, modules: ModuleRef) {
    new Counter({
      name: 'ai_gateway_budget_alerts_total',
      help: 'Budgets that have reached 80 or 100 percent of their limit.',
      labelNames: ['percent'],
      registers: [registry],
      collect() {
        this.reset();
        const counts = findSeam<BudgetAlertCounts>(modules, BudgetAlertCounts)?.alertsByPercent ?? [];
        for (const [percent, alerts] of counts) this.inc({ percent }, alerts);
      },
    });
  }
}
