import type { IncomingMessage } from 'node:http';
import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { GATEWAY_CONFIG } from '../config/config.module.js';
import type { GatewayConfig } from '../config/gateway-config.js';
import { CallsInFlight } from '../http/calls-in-flight.js';
import { contextOf } from '../http/request-context.js';
import { OverloadedError, ShuttingDownError } from '../http/request-errors.js';

/** Lets a call in unless the gateway is full or being stopped; cheap, so that the excess is refused within milliseconds. */
@Injectable()
export class AdmissionGuard implements CanActivate {
  constructor(
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
    private readonly inFlight: CallsInFlight,
  ) {}

  canActivate(execution: ExecutionContext): boolean {
    if (this.inFlight.isDraining) throw new ShuttingDownError();
    if (this.inFlight.count >= this.config.server.maxConcurrency) throw new OverloadedError();
    this.inFlight.add(contextOf(execution.switchToHttp().getRequest<IncomingMessage>()));
    return true;
  }
}
