import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { ModelsSearch } from '../../app/route-search.js';
import { Button } from '../../components/button.js';
import { EmptyState } from '../../components/empty-state.js';
import { QueryError } from '../../components/query-error/query-error.js';
import { Loading, RefreshBar, Skeleton } from '../../components/skeleton.js';
import { costsQuery } from '../../lib/costs.js';
import { formatCount } from '../../lib/figures.js';
import { startOfLastDays } from '../../lib/filter-choices.js';
import { isAdmin, useMe } from '../../lib/me.js';
import { modelsQuery } from '../../lib/models.js';
import { filterModelRows, lacksPrice, modelTableRows } from './model-table-rows.js';
import { ModelTable } from './model-table.js';
import { SetPriceDialog } from './set-price-dialog.js';

interface ModelsTabProps {
  readonly search: ModelsSearch;
  readonly onSearch: (search: ModelsSearch) => void;
}

const DAYS = 30;

/** Every model that can be called or was, with its price and what it cost in 30 days. */
export function ModelsTab({ search, onSearch }: ModelsTabProps) {
  const me = useMe();
  const { q: text = '', unpriced } = search;
  const isUnpricedOnly = unpriced === 'only';
  const from = useMemo(() => startOfLastDays(DAYS, new Date()), []);
  const models = useQuery(modelsQuery);
  const costs = useQuery({ ...costsQuery({ groupBy: 'model', from }), enabled: me.kind !== 'anonymous' });
  const all = useMemo(() => modelTableRows(models.data?.data ?? [], costs.data?.data ?? []), [models.data, costs.data]);
  const [pricedId, setPricedId] = useState<string | null>(null);
  const shown = filterModelRows(all, { text, isUnpricedOnly });
  const lacking = all.filter(lacksPrice).length;
  if (models.error && !models.data) return <QueryError query={models} />;
  if (!models.data) {
    return (
      <Loading>
        <Skeleton className="mb-3 h-8 w-80" />
        <Skeleton className="h-96 rounded-control" />
      </Loading>
    );
  }
  return (
    <div className="relative flex flex-col gap-3">
      <div className="absolute inset-x-0 -top-4">
        <RefreshBar active={models.isFetching} />
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <input
          type="search"
          aria-label="Search models"
          placeholder={`Search ${formatCount(all.length)} models by name, upstream, 200k`}
          value={text}
          onChange={(event) => onSearch({ ...search, q: event.target.value || undefined })}
          className="control-h w-full rounded-control border border-line-strong bg-surface px-3 text-control sm:w-80"
        />
        {(lacking > 0 || isUnpricedOnly) && (
          <Button
            aria-pressed={isUnpricedOnly}
            look={isUnpricedOnly ? 'outline' : 'quiet'}
            onClick={() => onSearch({ ...search, unpriced: isUnpricedOnly ? undefined : 'only' })}
          >
            {isUnpricedOnly ? 'Show all models' : `Only the ${formatCount(lacking)} unpriced`}
          </Button>
        )}
      </div>
      <QueryError query={models} />
      <QueryError query={costs} />
      {models.data.failed?.map((name) => (
        <p key={name} className="text-control text-warn">
          {name}’s model list did not load; the others are here.
        </p>
      ))}
      {shown.length > 0 ? (
        <ModelTable rows={shown} onSetPrice={isAdmin(me) ? setPricedId : undefined} />
      ) : (
        <EmptyState
          title={text ? `No model matches “${text}”.` : 'Every model has a price.'}
          action={
            <Button look="filled" onClick={() => onSearch({ ...search, q: undefined, unpriced: undefined })}>
              Show all models
            </Button>
          }
        />
      )}
      {pricedId !== null && (
        <SetPriceDialog
          model={pricedId}
          row={all.find(({ id }) => id === pricedId)}
          onClose={() => setPricedId(null)}
        />
      )}
    </div>
  );
}
