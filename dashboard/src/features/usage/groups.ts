import type { GroupedCostRow } from '../../../../libs/contracts/costs.js';
import type { UsageGroup } from '../../app/route-search.js';

/** What groups are called in the head of a column and on the button that chooses. */
export const groupNames: Readonly<Record<UsageGroup, string>> = {
  model: 'Model',
  key: 'Key',
  user: 'Person',
  tag: 'Tag',
  upstream: 'Upstream',
  status: 'Status',
};

/** Calls that belong to no group of this kind are a group too: parts add up to the total. */
const withoutGroup: Readonly<Record<UsageGroup, string>> = {
  model: 'No model (other paths)',
  key: 'No key',
  user: 'No person',
  tag: 'No tag',
  upstream: 'No upstream (refused here)',
  status: 'No status',
};

/** What tells one group from another; `null` for calls without. */
export function groupIdOf(row: GroupedCostRow, by: UsageGroup): string | null {
  return (by === 'key' ? row.keyId : row[by]) ?? null;
}

/**
 * What a group is called on the page.
 * @param people names by a person's id, as far as the reader may know them
 */
export function groupLabelOf(row: GroupedCostRow, by: UsageGroup, people: ReadonlyMap<string, string>): string {
  const id = groupIdOf(row, by);
  if (id === null) return withoutGroup[by];
  if (by === 'user') return people.get(id) ?? id;
  if (by !== 'key') return id;
  const { name, key } = row;
  return name && key && name !== key ? `${name} (${key})` : (name ?? key ?? id);
}
