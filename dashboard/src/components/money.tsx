import { formatUsd, formatUsdColumn, plainUsd } from '../lib/money.js';
import { Chip } from './chip.js';

interface MoneyProps {
  readonly usd: number | null;
  /** In a column whose head says USD: six aligned decimals. */
  readonly column?: boolean;
}

/** An amount; hover gives all nine places, the unknown is a word. */
export function Money({ usd, column = false }: MoneyProps) {
  if (usd === null) return <Chip tone="warn">unpriced</Chip>;
  return (
    <span className="figures" title={`USD ${plainUsd(usd)}`}>
      {column ? formatUsdColumn(usd) : formatUsd(usd)}
    </span>
  );
}
