import { Link } from '@tanstack/react-router';
import { Chip } from '../../components/chip.js';
import { LongId } from '../../components/long-id/long-id.js';
import { Cell, HeadCell, TableFrame } from '../../components/table-head.js';
import { formatContext, formatCount } from '../../lib/figures.js';
import { formatUsdColumn, plainUsd } from '../../lib/money.js';
import { sourceWords } from '../../lib/price-source.js';
import { lacksPrice, type ModelTableRow } from './model-table-rows.js';
import { formatRateColumn } from './rate.js';

interface ModelTableProps {
  readonly rows: readonly ModelTableRow[];
  /** Absent for those who may not. */
  readonly onSetPrice: ((model: string) => void) | undefined;
}

/** More rows make the page slow, and nobody reads them: a word in the search finds what is wanted. */
const MOST_SHOWN = 300;

export function ModelTable({ rows, onSetPrice }: ModelTableProps) {
  return (
    <>
      <TableFrame label="Models">
        <thead>
          <tr>
            <HeadCell>Model</HeadCell>
            <HeadCell>Upstream</HeadCell>
            <HeadCell align="right">Context, tok</HeadCell>
            <HeadCell align="right">Input USD/1M</HeadCell>
            <HeadCell align="right">Cached</HeadCell>
            <HeadCell align="right">Output</HeadCell>
            <HeadCell>Price from</HeadCell>
            <HeadCell align="right">Requests 30 d</HeadCell>
            <HeadCell align="right">Cost 30 d, USD</HeadCell>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, MOST_SHOWN).map((row) => (
            <ModelLine key={row.id} row={row} onSetPrice={onSetPrice} />
          ))}
        </tbody>
      </TableFrame>
      {rows.length > MOST_SHOWN && (
        <p className="text-meta text-ink-3">{formatCount(rows.length - MOST_SHOWN)} more: type to narrow.</p>
      )}
    </>
  );
}

function ModelLine({ row, onSetPrice }: { readonly row: ModelTableRow } & Pick<ModelTableProps, 'onSetPrice'>) {
  const { id, upstream, contextWindow, price, priceSource, requests, costUsd, unpricedRequests } = row;
  return (
    <tr className="border-b border-line last:border-0 hover:bg-hover">
      <Cell className="max-w-44 sm:max-w-64">
        <span className="flex">
          {requests > 0 ? (
            <Link to="/requests" search={{ model: id }} className="min-w-0 text-accent-text hover:underline">
              <LongId text={id} />
            </Link>
          ) : (
            <LongId text={id} />
          )}
        </span>
      </Cell>
      <Cell>{upstream || <span className="text-ink-2">on no list</span>}</Cell>
      <Cell align="right">{contextWindow === null ? '–' : formatContext(contextWindow)}</Cell>
      {price === null ? (
        <>
          <Cell align="right">{lacksPrice(row) ? <Chip tone="warn">unpriced</Chip> : '–'}</Cell>
          <Cell align="right">–</Cell>
          <Cell align="right">–</Cell>
        </>
      ) : (
        <>
          <Cell align="right">{formatRateColumn(price.input)}</Cell>
          <Cell align="right">{formatRateColumn(price.cachedInput)}</Cell>
          <Cell align="right">{formatRateColumn(price.output)}</Cell>
        </>
      )}
      <Cell>
        <span className="inline-flex items-center gap-2">
          {priceSource !== null && sourceWords(priceSource)}
          {onSetPrice && (
            <button
              type="button"
              aria-label={`Set the price of ${id}`}
              onClick={() => onSetPrice(id)}
              className="min-h-6 rounded-chip text-accent-text underline underline-offset-2"
            >
              Set price
            </button>
          )}
        </span>
      </Cell>
      <Cell align="right">{formatCount(requests)}</Cell>
      <Cell align="right" title={`USD ${plainUsd(costUsd)}`}>
        {!(unpricedRequests > 0 && costUsd === 0) && formatUsdColumn(costUsd)}
        {unpricedRequests > 0 && (
          <span className="ml-1">
            {costUsd > 0 && '+ '}
            {formatCount(unpricedRequests)} unpriced
          </span>
        )}
      </Cell>
    </tr>
  );
}
