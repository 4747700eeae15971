import type { RequestRow } from '../../../../libs/contracts/prompt-log.js';
import { StateDot } from '../../components/state-dot.js';
import { Time } from '../../components/time.js';
import { formatSeconds } from '../../lib/duration.js';
import { formatCount } from '../../lib/figures.js';
import { Cost, ModelPath, tokens } from './request-cells.js';

/** A row on a phone: when, how, what and for how much; below it tokens and times. */
export function TwoLineRow({ row }: { readonly row: RequestRow }) {
  return (
    <span role="gridcell" className="min-w-0 flex-1">
      <span className="flex items-center gap-2">
        <span className="shrink-0 text-meta">
          <Time iso={row.at} />
        </span>
        <StateDot status={row.status} />
        <span className="min-w-0 flex-1 font-semibold">
          <ModelPath row={row} />
        </span>
        <span className="figures shrink-0">
          <Cost row={row} />
        </span>
      </span>
      <span className="figures mt-0.5 flex items-center gap-2 text-meta text-ink-2">
        <span className="min-w-0 flex-1 truncate">
          {tokens(row, row.inputTokens)} in, {tokens(row, row.outputTokens)} out
        </span>
        {row.ttftMs !== null && <span>1st {formatCount(row.ttftMs)} ms</span>}
        <span>{row.latencyMs === null ? '–' : `${formatSeconds(row.latencyMs)} s`}</span>
      </span>
    </span>
  );
}
