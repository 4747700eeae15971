import { Injectable } from '@nestjs/common';
import { DataSource, type SelectQueryBuilder } from 'typeorm';
import type { PromptLog } from '../../libs/contracts/prompt-log.js';
import type { Caller } from '../http/caller.js';
import { readCursor, toCursor } from '../http/opaque-cursor.js';
import { InvalidRequestError } from '../http/request-errors.js';
import { RequestEntity } from '../storage/entities/request.entity.js';
import { toRequestRow } from '../storage/request-row.js';
import { accountOf, isOwnRow, rowScopeOf } from '../storage/row-scope.js';
import type { PromptLogQueryDto } from './dto/prompt-log-query.dto.js';

const DEFAULT_LIMIT = 100;

/** A place in the list: rows are ordered by when they began, and among equals by when they ended. */
type Position = readonly [startedAt: number, seq: number];

/** Reads the log: newest first, page by page, in time that does not depend on how long the log is. */
@Injectable()
export class PromptLogService {
  constructor(private readonly dataSource: DataSource) {}

  async list(query: PromptLogQueryDto, caller: Caller): Promise<PromptLog> {
    const { limit = DEFAULT_LIMIT } = query;
    const rows = this.dataSource
      .getRepository(RequestEntity)
      .createQueryBuilder('row')
      .orderBy('row.startedAt', 'DESC')
      .addOrderBy('row.seq', 'DESC')
      .limit(limit + 1);
    addScope(rows, caller);
    addFilters(rows, query, caller);
    await this.addPlace(rows, query);
    const found = await rows.getMany();
    const last = found.length > limit ? found[limit - 1] : undefined;
    return {
      data: found.slice(0, limit).map((row) => toRequestRow(row, isOwnRow(row, caller))),
      nextCursor: last ? toCursor([last.startedAt, last.seq]) : null,
    };
  }

  private async addPlace(
    rows: SelectQueryBuilder<RequestEntity>,
    { cursor, before, after }: PromptLogQueryDto,
  ): Promise<void> {
    if (cursor !== undefined) addOlder(rows, readCursor(cursor, isPosition), 'cursor');
    if (before !== undefined) addOlder(rows, await this.positionOf(before, 'before'), 'before');
    if (after !== undefined) {
      // By the order of recording: a long call that began earlier and ended later is new all the same.
      const [, seq] = await this.positionOf(after, 'after');
      rows.andWhere('row.seq > :afterSeq', { afterSeq: seq });
    }
  }

  private async positionOf(requestId: string, param: string): Promise<Position> {
    const row = await this.dataSource
      .getRepository(RequestEntity)
      .findOne({ where: { requestId }, select: { seq: true, startedAt: true } });
    if (!row) throw new InvalidRequestError('invalid_parameter', 'There is no such request in the log.', param);
    return [row.startedAt, row.seq];
  }
}

function addScope(rows: SelectQueryBuilder<RequestEntity>, caller: Caller): void {
  const scope = rowScopeOf(caller);
  if (scope.of === 'key') rows.andWhere('row.keyId = :ownKey', { ownKey: scope.id });
  if (scope.of === 'user') rows.andWhere('row.userId = :ownUser', { ownUser: scope.id });
}

function addFilters(rows: SelectQueryBuilder<RequestEntity>, query: PromptLogQueryDto, caller: Caller): void {
  const { model, user, status, from, to } = query;
  const key = query.key === 'me' ? accountOf(caller).keyId : query.key;
  if (model !== undefined) rows.andWhere('row.model = :model', { model });
  if (key !== undefined) rows.andWhere('row.keyId = :key', { key });
  if (user !== undefined) rows.andWhere('row.userId = :user', { user });
  if (status !== undefined) rows.andWhere('row.status = :status', { status });
  // Says nothing new, but only with these words a database knows that its index of the rarer endings will do.
  if (status !== undefined && status !== 'ok') rows.andWhere(`row.status <> 'ok'`);
  if (from !== undefined) rows.andWhere('row.startedAt >= :from', { from: Date.parse(from) });
  if (to !== undefined) rows.andWhere('row.startedAt < :to', { to: Date.parse(to) });
}

function addOlder(rows: SelectQueryBuilder<RequestEntity>, [startedAt, seq]: Position, name: string): void {
  rows.andWhere(`(row.startedAt, row.seq) < (:${name}At, :${name}Seq)`, {
    [`${name}At`]: startedAt,
    [`${name}Seq`]: seq,
  });
}

function isPosition(position: readonly unknown[]): position is Position {
  return position.length === 2 && position.every((part) => Number.isSafeInteger(part));
}
