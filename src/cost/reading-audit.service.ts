import { Injectable, Logger } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { AuditTrail, type AuditEvent } from '../http/audit-trail.js';
import type { Caller } from '../http/caller.js';
import { findSeam } from '../http/optional-seam.js';

/** Tells the audit trail who read whose text; without a trail, the log. */
@Injectable()
export class ReadingAudit {
  private readonly logger = new Logger('audit');

  constructor(private readonly modules: ModuleRef) {}

  /** Resolves once the reading is recorded; only then may the text be shown. */
  async recordReading(requestId: string, caller: Caller, ip: string): Promise<void> {
    const event: AuditEvent = {
      // A person is told by the address; the administrator's key and this machine have a name.
      actor: caller.kind === 'admin' ? (caller.name ?? caller.keyId) : caller.maskedKey,
      action: 'prompt.read',
      target: requestId,
      change: null,
      ip,
    };
    const trail = findSeam<AuditTrail>(this.modules, AuditTrail);
    if (trail) await trail.record(event);
    else this.logger.log({ event: 'audit', ...event });
  }
}
