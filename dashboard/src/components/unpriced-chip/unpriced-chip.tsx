import { Link } from '@tanstack/react-router';
import { formatCount } from '../../lib/figures.js';
import { isAdmin, useMe } from '../../lib/me.js';
import { Chip } from '../chip.js';

interface UnpricedChipProps {
  /** How many calls have no price; absent: the word alone. */
  readonly count?: number;
  /** The model that lacks a price, where it is one. */
  readonly model?: string | null | undefined;
}

/** "37 unpriced": for an administrator the way to set the price. */
export function UnpricedChip({ count, model }: UnpricedChipProps) {
  const me = useMe();
  const words = count === undefined ? 'unpriced' : `${formatCount(count)} unpriced`;
  if (!isAdmin(me)) return <Chip tone="warn">{words}</Chip>;
  return (
    <Link
      to="/models"
      search={{ unpriced: 'only', q: model ?? undefined }}
      data-tip="Set a price"
      aria-label={`${words}: set a price`}
      onClick={(event) => event.stopPropagation()}
      className="inline-flex min-h-6 items-center rounded-chip"
    >
      <Chip tone="warn" className="underline underline-offset-2">
        {words}
      </Chip>
    </Link>
  );
}
