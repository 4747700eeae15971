import { Injectable } from '@nestjs/common';
import type { CostGroup, Costs, GroupedCostRow, KeyCostRow } from '../../libs/contracts/costs.js';
import type { Caller } from '../http/caller.js';
import { readCursor, toCursor } from '../http/opaque-cursor.js';
import { InvalidRequestError, NotFoundError } from '../http/request-errors.js';
import { accountOf, ownScopeOf, rowScopeOf } from '../storage/row-scope.js';
import type { CostsQueryDto, UsageRangeDto } from './dto/costs-query.dto.js';
import { KeyLabels, type KeyLabel } from './key-labels.service.js';
import type { UsageGroupRow } from './usage-groups.js';
import type { GroupValues } from './usage-query.js';
import { UsageReports } from './usage-report.service.js';

const MAX_GROUPS = 1_000;
/** A year of days with ten models. */
const MAX_OWN_GROUPS = 4_000;

/** What `/api/costs` answers. */
@Injectable()
export class CostsService {
  constructor(
    private readonly reports: UsageReports,
    private readonly labels: KeyLabels,
  ) {}

  async list(query: CostsQueryDto, caller: Caller): Promise<Costs> {
    const { model, upstream, user, status, limit = MAX_GROUPS, cursor } = query;
    const groupBy = (query.groupBy ?? 'key').split(',') as CostGroup[];
    const after = cursor === undefined ? undefined : readCursor(cursor, isPosition(groupBy.length));
    const key = query.key === 'me' ? accountOf(caller).keyId : query.key;
    const filter = defined({ key, model, upstream, user, status });
    const usage = { groupBy, ...rangeOf(query), scope: rowScopeOf(caller), filter };
    const { groups, hasMore, total } = await this.reports.report(usage, { limit, after });
    const last = groups.at(-1);
    return {
      data: await this.toRows(groups, groupBy),
      nextCursor: hasMore && last ? toCursor(last.values) : null,
      total: total.toSums(),
    };
  }

  /**
   * The sums of one key.
   * @param key a key id, `me`, or the key itself that the caller showed
   * @throws {NotFoundError} when it is not the caller's to see
   */
  async ofKey(key: string, caller: Caller, shownKey: string | undefined): Promise<KeyCostRow> {
    const account = accountOf(caller);
    const isOwn = key === 'me' || key === account.keyId || (shownKey !== undefined && key === shownKey);
    const keyId = isOwn ? account.keyId : key;
    const scope = isOwn ? ownScopeOf(caller) : rowScopeOf(caller);
    const filter = isOwn ? undefined : { key: keyId };
    const { total } = await this.reports.report({ groupBy: [], scope, filter }, { limit: 0 });
    // A key that has not called yet is one; of anything else nothing is revealed.
    if (total.isEmpty && !isOwn && !(caller.isAdmin && /^(?:key|usr)_/.test(keyId))) {
      throw new NotFoundError('No calls of such a key are here, or they are not yours to see.');
    }
    const label = isOwn
      ? { key: account.maskedKey, name: account.name ?? account.maskedKey }
      : (await this.labels.labelsOf([keyId])).get(keyId);
    return { keyId, ...shown(label, keyId), ...total.toSums() };
  }

  /** The caller's own sums by day and model. */
  async own(query: UsageRangeDto, caller: Caller): Promise<Costs> {
    const groupBy: CostGroup[] = ['day', 'model'];
    const usage = { groupBy, ...rangeOf(query), scope: ownScopeOf(caller) };
    const { groups, total } = await this.reports.report(usage, { limit: MAX_OWN_GROUPS });
    return { data: await this.toRows(groups, groupBy), nextCursor: null, total: total.toSums() };
  }

  private async toRows(
    groups: readonly UsageGroupRow[],
    groupBy: readonly CostGroup[],
  ): Promise<readonly GroupedCostRow[]> {
    const keyAt = groupBy.indexOf('key');
    const keyIds = keyAt === -1 ? [] : groups.map(({ values }) => values[keyAt] ?? '');
    const labels = await this.labels.labelsOf([...new Set(keyIds)]);
    return groups.map(({ values, totals }) => {
      const names: Record<string, string | null> = {};
      for (const [index, group] of groupBy.entries()) {
        const value = values[index] ?? null;
        if (group === 'key') Object.assign(names, { keyId: value, ...shown(labels.get(value ?? ''), value ?? '') });
        else names[group] = value;
      }
      return { ...names, ...totals.toSums() };
    });
  }
}

function shown(label: KeyLabel | undefined, keyId: string): KeyLabel {
  return label ?? { key: keyId, name: keyId };
}

/** @throws {InvalidRequestError} for a range that ends before it begins */
function rangeOf({ from, to }: UsageRangeDto): { from: number | undefined; to: number | undefined } {
  const range = {
    from: from === undefined ? undefined : Date.parse(from),
    to: to === undefined ? undefined : Date.parse(to),
  };
  if (range.from !== undefined && range.to !== undefined && range.from > range.to) {
    throw new InvalidRequestError(
      'invalid_parameter',
      "The range ends before it begins: 'from' is later than 'to'.",
      'from',
    );
  }
  return range;
}

function isPosition(length: number) {
  return (position: readonly unknown[]): position is GroupValues =>
    position.length === length && position.every((part) => part === null || typeof part === 'string');
}

function defined(values: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
