import type { IncomingMessage } from 'node:http';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { contextOf } from '../http/request-context.js';
import { ModelUnpricedError } from './model-unpriced.error.js';
import { PriceService } from './price.service.js';

/** Last guard of a call: lets it go on when it may be paid for. */
@Injectable()
export class BudgetGuard implements CanActivate {
  constructor(private readonly prices: PriceService) {}

  canActivate(execution: ExecutionContext): boolean {
    const context = contextOf(execution.switchToHttp().getRequest<IncomingMessage>());
    if (!context.target || context.isRaw) return true;
    if (this.prices.refusesUnpriced && this.prices.priceOfCall(context) === null) {
      throw new ModelUnpricedError(context.call?.model ?? context.target.servedModel);
    }
    return true;
  }
}
