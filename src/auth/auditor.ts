import type { IncomingMessage } from 'node:http';
import { Injectable, Logger } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { AuditTrail, type AuditEvent } from '../http/audit-trail.js';
import type { Caller } from '../http/caller.js';
import { findSeam } from '../http/optional-seam.js';
import { contextOf } from '../http/request-context.js';

/** Tells the audit trail who did what; without a trail, the log. */
@Injectable()
export class Auditor {
  private readonly logger = new Logger('audit');

  constructor(private readonly modules: ModuleRef) {}

  record(request: IncomingMessage, action: string, target: string, change: AuditEvent['change']): Promise<void> {
    return this.recordAs(actorOf(contextOf(request).caller), request, action, target, change);
  }

  /** For an actor whose address is about to be deleted. */
  async recordAs(
    actor: string,
    request: IncomingMessage,
    action: string,
    target: string,
    change: AuditEvent['change'],
  ): Promise<void> {
    const event = { actor, action, target, change, ip: contextOf(request).clientAddress };
    const trail = findSeam<AuditTrail>(this.modules, AuditTrail);
    if (trail) await trail.record(event);
    else this.logger.log({ event: 'audit', ...event });
  }
}

/** A person's address, `admin key`, `loopback`, or a masked key. */
export function actorOf(caller: Caller): string {
  return caller.kind === 'admin' ? (caller.name ?? caller.keyId) : caller.maskedKey;
}

/** What a body asks to change, for the trail; there are no secrets in the bodies of administration. */
export function askedIn(dto: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(dto).filter(([, value]) => value !== undefined));
}
