import type { IncomingMessage } from 'node:http';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { contextOf } from '../http/request-context.js';
import { MethodNotAllowedError, UnsupportedMediaTypeError } from '../http/request-errors.js';
import { RouterService } from '../routing/router.service.js';
import { allowedOnListedPath } from './raw-paths.js';

/** Sends what no endpoint takes to the default upstream; a wrong method on a listed path stops here. */
@Injectable()
export class RawRouteGuard implements CanActivate {
  constructor(private readonly router: RouterService) {}

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    const request = execution.switchToHttp().getRequest<IncomingMessage & { path: string }>();
    const context = contextOf(request);
    const allowed = allowedOnListedPath(request.method ?? 'GET', request.path);
    if (allowed) throw new MethodNotAllowedError(request.method ?? 'GET', allowed);
    const encoding = request.headers['content-encoding'];
    if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
      throw new UnsupportedMediaTypeError('Send the body without a content-encoding.');
    }
    context.isRaw = true;
    context.target = await this.router.routeRaw(context.caller);
    context.route = {
      requestedModel: '',
      rule: 'default',
      upstream: context.target.upstream.name,
      servedModel: '',
    };
    return true;
  }
}
