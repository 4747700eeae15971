import { Injectable, Logger } from '@nestjs/common';
import { DataSource, type Repository } from 'typeorm';
import type { AuditEvent, AuditTrail } from '../http/audit-trail.js';
import { AuditEntryEntity } from '../storage/entities/audit-entry.entity.js';
import { RequestEntity } from '../storage/entities/request.entity.js';
import { StorageUnavailableError } from '../storage/storage-errors.js';
import { AuditIds } from './audit-id.js';
import { maskedChange } from './masked-change.js';

/** Keeps the trail in the store; entries are only ever added. */
@Injectable()
export class AuditTrailService implements AuditTrail {
  private readonly logger = new Logger('audit');
  private readonly ids = new AuditIds();
  private readonly entries: Repository<AuditEntryEntity>;
  private readonly requests: Repository<RequestEntity>;

  constructor(dataSource: DataSource) {
    this.entries = dataSource.getRepository(AuditEntryEntity);
    this.requests = dataSource.getRepository(RequestEntity);
  }

  /** @throws {StorageUnavailableError} when it cannot be written; the log has it then */
  async record(event: AuditEvent, now: number = Date.now()): Promise<void> {
    try {
      const change = event.change ?? (await this.whoseText(event));
      await this.entries.insert({
        id: this.ids.next(now),
        at: now,
        actor: event.actor,
        action: event.action,
        target: event.target,
        change: change === null ? null : JSON.stringify(maskedChange(change)),
        ip: event.ip,
      });
    } catch (error) {
      this.logger.error({ event: 'audit_not_stored', ...event, error: error instanceof Error ? error.name : '' });
      throw new StorageUnavailableError(error);
    }
  }

  /** Whose text was read, for the call itself may be gone from the log when somebody asks. */
  private async whoseText({ action, target }: AuditEvent): Promise<AuditEvent['change']> {
    if (action !== 'prompt.read' || target === null) return null;
    const row = await this.requests.findOne({
      where: { requestId: target },
      select: { seq: true, keyId: true, userId: true },
    });
    return row && { keyId: row.keyId, ...(row.userId === null ? {} : { userId: row.userId }) };
  }
}
