import type { CostSums } from '../../../../libs/contracts/costs.js';
import { Cell } from '../../components/table-head.js';
import { Time } from '../../components/time.js';
import { UnpricedChip } from '../../components/unpriced-chip/unpriced-chip.js';
import { formatCount, formatShare } from '../../lib/figures.js';
import { formatUsdColumn, plainUsd } from '../../lib/money.js';

/** Eleven columns stand closer together than others do. */
export const tight = '!px-2';

interface FigureCellsProps {
  readonly row: CostSums;
  readonly total: CostSums;
  /** The model that all of these calls asked for, where it is one. */
  readonly model?: string | null | undefined;
}

/** The figures of a group, or of all of them. */
export function FigureCells({ row, total, model }: FigureCellsProps) {
  const share = total.costUsd > 0 ? row.costUsd / total.costUsd : 0;
  const isUnpriced = row.unpricedRequests > 0;
  return (
    <>
      <Cell align="right" className={tight}>
        {formatCount(row.requests)}
      </Cell>
      <Cell align="right" className={tight} title={`${row.errors} of ${row.requests}`}>
        {row.requests > 0 ? formatShare(row.errors / row.requests).replace(' %', '') : '–'}
      </Cell>
      <Cell align="right" className={tight}>
        {formatCount(row.inputTokens)}
      </Cell>
      <Cell align="right" className={tight}>
        {formatCount(row.cachedInputTokens)}
      </Cell>
      <Cell align="right" className={tight}>
        {formatCount(row.outputTokens)}
      </Cell>
      <Cell align="right" className={tight}>
        {formatCount(row.reasoningTokens)}
      </Cell>
      <Cell align="right" className={tight} title={`USD ${plainUsd(row.costUsd)}`}>
        {!(isUnpriced && row.costUsd === 0) && formatUsdColumn(row.costUsd)}
        {isUnpriced && (
          <span className="ml-1">
            {row.costUsd > 0 && '+ '}
            <UnpricedChip count={row.unpricedRequests} model={model} />
          </span>
        )}
      </Cell>
      <Cell className={tight}>
        <span className="flex items-center gap-2">
          <span aria-hidden className="h-2 w-12 shrink-0 rounded-full bg-hover">
            <span className="block h-full rounded-full bg-ink-2" style={{ width: `${share * 100}%` }} />
          </span>
          <span className="figures">{formatShare(share)}</span>
        </span>
      </Cell>
      <Cell align="right" className={tight}>
        {row.ttftP50Ms == null ? '–' : formatCount(row.ttftP50Ms)}
      </Cell>
      <Cell align="right" className={tight}>
        <Time iso={row.lastUsedAt} show="minute" />
      </Cell>
    </>
  );
}
