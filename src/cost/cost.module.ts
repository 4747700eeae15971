import { Global, Module } from '@nestjs/common';
import { BudgetAlertCounts } from '../http/budget-alert-counts.js';
import { CallRecorder } from '../http/call-recorder.js';
import { KeySpending } from '../http/key-spending.js';
import { ModelPrices } from '../http/model-prices.js';
import { BudgetAlerts } from './budget-alerts.js';
import { Budgets } from './budgets.service.js';
import { CallEstimator } from './call-estimator.service.js';
import { CallLimits } from './call-limits.service.js';
import { CostService } from './cost.service.js';
import { CostsController } from './costs.controller.js';
import { CostsService } from './costs.service.js';
import { KeyLabels } from './key-labels.service.js';
import { KeySpendingService } from './key-spending.service.js';
import { LedgerService } from './ledger.service.js';
import { MeUsageController } from './me-usage.controller.js';
import { PriceService } from './price.service.js';
import { ReadingAudit } from './reading-audit.service.js';
import { RequestsController } from './requests.controller.js';
import { UsageEstimator } from './usage-estimator.js';
import { UsageReports } from './usage-report.service.js';

/** What calls cost, who pays, and what was spent. */
@Global()
@Module({
  controllers: [CostsController, RequestsController, MeUsageController],
  providers: [
    LedgerService,
    PriceService,
    UsageEstimator,
    BudgetAlerts,
    Budgets,
    CallEstimator,
    CallLimits,
    CostService,
    UsageReports,
    KeyLabels,
    CostsService,
    ReadingAudit,
    { provide: CallRecorder, useExisting: LedgerService },
    { provide: ModelPrices, useExisting: PriceService },
    { provide: BudgetAlertCounts, useExisting: BudgetAlerts },
    { provide: KeySpending, useClass: KeySpendingService },
  ],
  exports: [
    CallRecorder,
    KeySpending,
    ModelPrices,
    BudgetAlertCounts,
    CallLimits,
    CostService,
    LedgerService,
    PriceService,
  ],
})
export class CostModule {}
