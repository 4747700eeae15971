export type SortValue = string | number | null | undefined;

export interface Sorting<Column extends string> {
  readonly column: Column;
  readonly direction: 'ascending' | 'descending';
}

/** Reads `cost` or `-cost` from a URL; the minus is for falling order. */
export function readSorting<Column extends string>(
  text: string | undefined,
  columns: readonly Column[],
  fallback: Sorting<Column>,
): Sorting<Column> {
  const name = text?.replace(/^-/, '');
  const column = columns.find((candidate) => candidate === name);
  if (!column) return fallback;
  return { column, direction: text?.startsWith('-') ? 'descending' : 'ascending' };
}

/** What a click on a column's head asks for, as the URL has it; figures begin with the largest. */
export function nextSorting<Column extends string>(
  current: Sorting<Column>,
  column: Column,
  firstDirection: Sorting<Column>['direction'] = 'descending',
): string {
  const opposite = current.direction === 'ascending' ? 'descending' : 'ascending';
  const direction = current.column === column ? opposite : firstDirection;
  return direction === 'descending' ? `-${column}` : column;
}

/** Sorted rows; what is unknown comes last in either direction, equals stay as they came. */
export function sortRows<Row>(
  rows: readonly Row[],
  read: (row: Row) => SortValue,
  direction: Sorting<string>['direction'],
): readonly Row[] {
  const sign = direction === 'ascending' ? 1 : -1;
  return [...rows].sort((one, other) => {
    const [a, b] = [read(one) ?? null, read(other) ?? null];
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
    if (typeof a === 'string' || typeof b === 'string') return sign * String(a).localeCompare(String(b));
    return sign * (a - b);
  });
}
