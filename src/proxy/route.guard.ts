import type { IncomingMessage } from 'node:http';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { contextOf, type RequestContext } from '../http/request-context.js';
import { RouterService, type Routing } from '../routing/router.service.js';

/** Decides where the call goes, before the budget asks what it will cost there. */
@Injectable()
export class RouteGuard implements CanActivate {
  constructor(private readonly router: RouterService) {}

  canActivate(execution: ExecutionContext): boolean | Promise<boolean> {
    const context = contextOf(execution.switchToHttp().getRequest<IncomingMessage>());
    if (!context.call) throw new Error('RouteGuard needs the body: RequestBodyGuard must stand before it');
    const routing = this.router.route(context.call.model, context.caller);
    return routing instanceof Promise ? routing.then((one) => take(one, context)) : take(routing, context);
  }
}

function take({ decision, target }: Routing, context: RequestContext): true {
  context.route = decision;
  context.target = target;
  return true;
}
