import { Global, Module } from '@nestjs/common';
import { CallRecorder } from '../http/call-recorder.js';
import { CostService } from './cost.service.js';
import { LedgerService } from './ledger.service.js';
import { PriceService } from './price.service.js';
import { UsageEstimator } from './usage-estimator.js';

/** What calls cost, who pays, and what was spent. */
@Global()
@Module({
  providers: [
    LedgerService,
    PriceService,
    UsageEstimator,
    CostService,
    { provide: CallRecorder, useExisting: LedgerService },
  ],
  exports: [CallRecorder, CostService, LedgerService, PriceService],
})
export class CostModule {}
