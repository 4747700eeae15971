import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useRef, type KeyboardEvent } from 'react';
import type { RequestRow } from '../../../../libs/contracts/prompt-log.js';
import { Button } from '../../components/button.js';
import { classNames } from '../../lib/class-names.js';
import { usePreferences } from '../../lib/preferences.js';
import { useClockName } from '../../lib/use-clock-name.js';
import { requestColumns } from './request-cells.js';
import type { LogSnapshot } from './request-log.js';
import { TwoLineRow } from './two-line-row.js';

export interface RequestListProps {
  readonly rows: LogSnapshot;
  /** The place that keys act on. */
  readonly active: number;
  readonly onActive: (index: number) => void;
  readonly openId: string | undefined;
  readonly onOpen: (row: RequestRow) => void;
  readonly keyNameOf: (keyId: string) => string;
  readonly onSee: (first: number, last: number) => void;
  readonly onOlder: () => void;
  /** Whether the reader is at the very top, and the pointer not over the rows. */
  readonly onRest: (isAtRest: boolean) => void;
  readonly onKey: (key: string) => boolean;
  readonly isNarrow: boolean;
}

const OVERSCAN = 12;
const NEAR_END = 30;
const TWO_LINES_PX = 60;

/** The list: as many rows in the page as are seen, whatever number there are. */
export function RequestList(props: RequestListProps) {
  const { rows, active, onActive, openId, onOpen, onSee, onOlder, onRest, onKey, isNarrow } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const isHovered = useRef(false);
  const { density } = usePreferences();
  const clockName = useClockName();
  const rowPx = isNarrow ? TWO_LINES_PX : density === 'dense' ? 28 : 36;
  const virtualizer = useVirtualizer({
    count: rows.count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: OVERSCAN,
  });
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    virtualizer.measure();
  }, [virtualizer, rowPx]);
  useEffect(() => {
    onSee(first, last);
    if (rows.count > 0 && last >= rows.count - NEAR_END && rows.hasOlder && !rows.isLoading && !rows.error) onOlder();
  }, [first, last, rows, onSee, onOlder]);
  const tellRest = () => onRest(!isHovered.current && (scroller.current?.scrollTop ?? 0) === 0);
  const move = (index: number) => {
    const target = Math.max(0, Math.min(rows.count - 1, index));
    onActive(target);
    virtualizer.scrollToIndex(target);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? rowPx) / rowPx) - 2);
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      j: active + 1,
      k: active - 1,
      PageDown: active + page,
      PageUp: active - page,
      Home: 0,
      End: rows.count - 1,
    };
    const step = steps[event.key];
    const row = rows.rowAt(active);
    if (step !== undefined) move(step);
    else if (event.key === 'Enter' && event.target === event.currentTarget && row) onOpen(row);
    else if (!onKey(event.key)) return;
    event.preventDefault();
  };
  const columns = requestColumns.filter(({ isExtra }) => !(isExtra && openId));
  const template = columns.map(({ width }) => width).join(' ');
  return (
    <div
      ref={scroller}
      onScroll={tellRest}
      onPointerEnter={(event) => {
        isHovered.current = event.pointerType === 'mouse';
        tellRest();
      }}
      onPointerLeave={() => {
        isHovered.current = false;
        tellRest();
      }}
      className="min-h-0 flex-1 overflow-auto rounded-control border border-line bg-surface has-[[role=grid]:focus-visible]:outline-2 has-[[role=grid]:focus-visible]:outline-offset-2 has-[[role=grid]:focus-visible]:outline-accent"
    >
      <div
        role="grid"
        aria-label="Requests, newest first"
        aria-rowcount={-1}
        aria-activedescendant={rows.count > 0 ? `${id}-${active}` : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
        className={classNames('outline-none', !isNarrow && 'min-w-fit')}
      >
        {!isNarrow && (
          <div role="rowgroup" className="sticky top-0 z-10 border-b border-line bg-surface">
            <div role="row" className="grid gap-x-2 px-3" style={{ gridTemplateColumns: template }}>
              {columns.map(({ id: column, head, align }) => (
                <span
                  key={column}
                  role="columnheader"
                  className={classNames('py-2 text-meta font-semibold text-ink-2', align === 'right' && 'text-right')}
                >
                  {column === 'time' ? `${head}, ${clockName}` : head}
                </span>
              ))}
            </div>
          </div>
        )}
        <div role="rowgroup" className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {items.map(({ index, start, key }) => {
            const row = rows.rowAt(index);
            return (
              <div
                key={key}
                id={`${id}-${index}`}
                role="row"
                aria-rowindex={index + 1}
                aria-selected={row !== null && row.requestId === openId}
                onClick={() => {
                  onActive(index);
                  if (row) onOpen(row);
                }}
                style={{ transform: `translateY(${start}px)`, height: rowPx, gridTemplateColumns: template }}
                className={classNames(
                  'absolute inset-x-0 top-0 cursor-pointer items-center gap-x-2 border-b border-line px-3 text-table hover:bg-hover aria-selected:bg-accent-soft',
                  isNarrow ? 'flex' : 'grid',
                  index === active &&
                    'in-focus-visible:outline-2 in-focus-visible:-outline-offset-2 in-focus-visible:outline-accent',
                )}
              >
                {row === null ? (
                  <span role="gridcell" className="text-ink-3">
                    …
                  </span>
                ) : isNarrow ? (
                  <TwoLineRow row={row} />
                ) : (
                  columns.map(({ id: column, align, cell }) => (
                    <span
                      key={column}
                      role="gridcell"
                      className={classNames('min-w-0 whitespace-nowrap', align === 'right' && 'figures text-right')}
                    >
                      {cell(row, props.keyNameOf(row.keyId))}
                    </span>
                  ))
                )}
              </div>
            );
          })}
        </div>
      </div>
      <ListEnd rows={rows} onOlder={onOlder} />
    </div>
  );
}

function ListEnd({ rows, onOlder }: Pick<RequestListProps, 'rows' | 'onOlder'>) {
  if (rows.hasOlder) {
    return (
      <div className="p-2 text-center">
        <Button look="quiet" onClick={onOlder} disabled={rows.isLoading}>
          {rows.isLoading ? 'Loading…' : 'Older'}
        </Button>
      </div>
    );
  }
  return (
    <p className="p-3 text-center text-meta text-ink-3">
      Nothing older. Rows are deleted after 30 days, unless the gateway is told otherwise.
    </p>
  );
}
