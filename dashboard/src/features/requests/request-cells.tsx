import type { ReactNode } from 'react';
import type { RequestRow } from '../../../../libs/contracts/prompt-log.js';
import { Money } from '../../components/money.js';
import { StateDot } from '../../components/state-dot.js';
import { Time } from '../../components/time.js';
import { UnpricedChip } from '../../components/unpriced-chip/unpriced-chip.js';
import { formatSeconds } from '../../lib/duration.js';
import { estimated, formatCount } from '../../lib/figures.js';

export interface RequestColumn {
  readonly id: string;
  readonly head: string;
  readonly width: string;
  readonly align: 'left' | 'right';
  /** Left out beside an open record, which says it too. */
  readonly isExtra?: boolean;
  readonly cell: (row: RequestRow, keyName: string) => ReactNode;
}

/** The columns of the list; a head names the unit of its figures. */
export const requestColumns: readonly RequestColumn[] = [
  { id: 'time', head: 'Time', width: '146px', align: 'left', cell: (row) => <Time iso={row.at} /> },
  { id: 'state', head: 'St', width: '24px', align: 'left', cell: (row) => <StateDot status={row.status} /> },
  {
    id: 'model',
    head: 'Model → served',
    width: 'minmax(120px,1fr)',
    align: 'left',
    cell: (row) => <ModelPath row={row} />,
  },
  {
    id: 'key',
    head: 'Key',
    width: '120px',
    align: 'left',
    isExtra: true,
    cell: (_, keyName) => (
      <bdi className="block truncate" title={keyName}>
        {keyName}
      </bdi>
    ),
  },
  { id: 'in', head: 'In, tok', width: '60px', align: 'right', cell: (row) => tokens(row, row.inputTokens) },
  { id: 'out', head: 'Out, tok', width: '60px', align: 'right', cell: (row) => tokens(row, row.outputTokens) },
  { id: 'cost', head: 'Cost USD', width: '88px', align: 'right', cell: (row) => <Cost row={row} column /> },
  {
    id: 'first',
    head: '1st ms',
    width: '52px',
    align: 'right',
    cell: (row) => (row.ttftMs === null ? '–' : formatCount(row.ttftMs)),
  },
  {
    id: 'total',
    head: 'Total s',
    width: '56px',
    align: 'right',
    cell: (row) => (row.latencyMs === null ? '–' : formatSeconds(row.latencyMs)),
  },
  {
    id: 'tries',
    head: 'Tries',
    width: '48px',
    align: 'right',
    isExtra: true,
    cell: (row) => formatCount(row.attempts),
  },
];

/** `fast → gpt-4o`; the name once where both are the same, the path where a call has no model. */
export function ModelPath({ row }: { readonly row: Pick<RequestRow, 'model' | 'servedModel' | 'endpoint'> }) {
  const { model, servedModel, endpoint } = row;
  const text = model === null ? endpoint : servedModel && servedModel !== model ? `${model} → ${servedModel}` : model;
  return (
    <bdi className={`block truncate ${model === null ? 'text-ink-2' : ''}`} title={text}>
      {text}
    </bdi>
  );
}

/** Tokens where somebody counted them; an estimate is marked. */
export function tokens({ usageSource }: Pick<RequestRow, 'usageSource'>, count: number): string {
  if (usageSource === 'none') return '–';
  return estimated(formatCount(count), usageSource === 'estimated');
}

interface CostProps {
  readonly row: RequestRow;
  readonly column?: boolean;
}

/** What a call cost. A call whose end nobody saw has no cost that a price could give. */
export function Cost({ row, column = false }: CostProps) {
  if (row.costUsd !== null) return <Money usd={row.costUsd} column={column} />;
  if (row.status === 'unknown') return <span title="The gateway stopped in the middle of this call.">unknown</span>;
  return <UnpricedChip model={row.servedModel ?? row.model} />;
}
