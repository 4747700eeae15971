import type { GroupedCostRow } from '../../../../libs/contracts/costs.js';
import type { ModelRow } from '../../../../libs/contracts/models.js';
import { searchModels } from '../../lib/search-models.js';

/** A model that can be called, or was, with what it cost lately. */
export interface ModelTableRow extends ModelRow {
  /** Called lately, but on no upstream's list. */
  readonly isUnlisted: boolean;
  readonly requests: number;
  readonly costUsd: number;
  readonly unpricedRequests: number;
}

/** The models of the lists and those that were only ever called, each once, the busiest first. */
export function modelTableRows(
  models: readonly ModelRow[],
  costs: readonly GroupedCostRow[],
): readonly ModelTableRow[] {
  const used = new Map(costs.flatMap((row) => (row.model ? [[row.model, row] as const] : [])));
  const listed = models.map((model): ModelTableRow => ({ ...model, isUnlisted: false, ...sumsOf(used.get(model.id)) }));
  const ids = new Set(models.map(({ id }) => id));
  const unlisted = [...used]
    .filter(([id]) => !ids.has(id))
    .map(([id, row]): ModelTableRow => ({
      id,
      upstream: '',
      contextWindow: null,
      input: [],
      price: null,
      priceSource: null,
      isUnlisted: true,
      ...sumsOf(row),
    }));
  return [...listed, ...unlisted].sort((a, b) => b.requests - a.requests || (a.id < b.id ? -1 : 1));
}

function sumsOf(row: GroupedCostRow | undefined): Pick<ModelTableRow, 'requests' | 'costUsd' | 'unpricedRequests'> {
  return { requests: row?.requests ?? 0, costUsd: row?.costUsd ?? 0, unpricedRequests: row?.unpricedRequests ?? 0 };
}

/** Whether a price is missing: of a listed model none is known, of any other calls went without. */
export function lacksPrice({ price, isUnlisted, unpricedRequests }: ModelTableRow): boolean {
  return isUnlisted ? unpricedRequests > 0 : price === null;
}

/** The rows that match a text. */
export function filterModelRows(
  rows: readonly ModelTableRow[],
  { text, isUnpricedOnly }: { readonly text: string; readonly isUnpricedOnly: boolean },
): readonly ModelTableRow[] {
  const found = searchModels(text, rows) as readonly ModelTableRow[];
  return isUnpricedOnly ? found.filter(lacksPrice) : found;
}
