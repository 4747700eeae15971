import type { IncomingMessage } from 'node:http';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { contextOf } from '../http/request-context.js';
import { CallLimits } from './call-limits.service.js';
import { ModelUnpricedError } from './model-unpriced.error.js';
import { PriceService } from './price.service.js';

/** Last guard of a call: lets it go on when its caller's tokens, parallel calls and budgets have room for it. */
@Injectable()
export class BudgetGuard implements CanActivate {
  constructor(
    private readonly prices: PriceService,
    private readonly limits: CallLimits,
  ) {}

  canActivate(execution: ExecutionContext): boolean {
    const context = contextOf(execution.switchToHttp().getRequest<IncomingMessage>());
    if (this.prices.refusesUnpriced && !context.isRaw && this.prices.priceOfCall(context) === null) {
      throw new ModelUnpricedError(context.call?.model ?? context.target?.servedModel ?? '');
    }
    this.limits.admit(context);
    return true;
  }
}
