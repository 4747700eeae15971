import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { AuditLog, AuditRow } from '../../libs/contracts/audit.js';
import { readCursor, toCursor } from '../http/opaque-cursor.js';
import { AuditEntryEntity } from '../storage/entities/audit-entry.entity.js';
import type { AuditQueryDto } from './dto/audit-query.dto.js';

const DEFAULT_LIMIT = 100;

/** Reads the trail, newest first. */
@Injectable()
export class AuditLogService {
  constructor(private readonly dataSource: DataSource) {}

  /** @throws {InvalidRequestError} for a cursor that no such list gave */
  async list({ limit = DEFAULT_LIMIT, cursor, actor, action, target, from, to }: AuditQueryDto): Promise<AuditLog> {
    const entries = this.dataSource
      .getRepository(AuditEntryEntity)
      .createQueryBuilder('entry')
      .orderBy('entry.id', 'DESC')
      .limit(limit + 1);
    if (actor !== undefined) entries.andWhere('entry.actor = :actor', { actor });
    if (action !== undefined) entries.andWhere('entry.action = :action', { action });
    if (target !== undefined) entries.andWhere('entry.target = :target', { target });
    if (from !== undefined) entries.andWhere('entry.at >= :from', { from: Date.parse(from) });
    if (to !== undefined) entries.andWhere('entry.at < :to', { to: Date.parse(to) });
    if (cursor !== undefined) entries.andWhere('entry.id < :last', { last: readCursor(cursor, isPosition)[0] });
    const found = await entries.getMany();
    const last = found.length > limit ? found[limit - 1] : undefined;
    return { data: found.slice(0, limit).map(toAuditRow), nextCursor: last ? toCursor([last.id]) : null };
  }
}

function toAuditRow({ id, at, actor, action, target, change, ip }: AuditEntryEntity): AuditRow {
  return {
    id,
    at: new Date(at).toISOString(),
    actor,
    action,
    target,
    change: change === null ? null : (JSON.parse(change) as Readonly<Record<string, unknown>>),
    ip,
  };
}

function isPosition(parts: readonly unknown[]): parts is [string] {
  return parts.length === 1 && typeof parts[0] === 'string';
}
