import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { UpstreamHealth, UpstreamRow } from '../../../../libs/contracts/upstreams.js';
import { CopyButton } from '../../components/copy-button.js';
import { QueryError } from '../../components/query-error/query-error.js';
import { Loading, Skeleton } from '../../components/skeleton.js';
import { Cell, HeadCell, TableFrame } from '../../components/table-head.js';
import { formatCount, formatShare } from '../../lib/figures.js';
import { isAdmin, useMe } from '../../lib/me.js';
import { upstreamsQuery } from '../../lib/upstreams.js';

const POLL_MS = 5000;
const ADD_MORE =
  'AI_GATEWAY_UPSTREAMS=azure=https://example.openai.azure.com/openai/v1,local=http://localhost:11434/v1';

const states: Readonly<Record<string, { readonly shape: string; readonly colour: string; readonly word: string }>> = {
  ok: { shape: '●', colour: 'text-ok', word: 'ok' },
  slow: { shape: '◐', colour: 'text-warn', word: 'slow' },
  failing: { shape: '▲', colour: 'text-danger', word: 'failing' },
  unknown: { shape: '?', colour: 'text-ink-2', word: 'no calls yet' },
};

/** The upstreams and how they fare, read again while the page is looked at. */
export function UpstreamsTab() {
  const me = useMe();
  const query = useQuery({ ...upstreamsQuery, refetchInterval: POLL_MS, staleTime: 0 });
  if (query.error && !query.data) return <QueryError query={query} />;
  if (!query.data) {
    return (
      <Loading>
        <Skeleton className="h-48 rounded-control" />
      </Loading>
    );
  }
  const rows = query.data.data;
  const isAlone = rows.filter(({ baseUrl }) => !baseUrl.startsWith('demo:')).length <= 1;
  return (
    <div className="flex flex-col gap-3">
      <QueryError query={query} />
      <TableFrame label="Upstreams">
        <thead>
          <tr>
            <HeadCell>Name</HeadCell>
            <HeadCell>Base URL</HeadCell>
            <HeadCell>State</HeadCell>
            <HeadCell align="right">p50 ms</HeadCell>
            <HeadCell align="right">Errors 5 min %</HeadCell>
            <HeadCell align="right">In flight</HeadCell>
            <HeadCell>Credential from</HeadCell>
            <HeadCell>Routes that lead here</HeadCell>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <UpstreamLine key={row.name} row={row} />
          ))}
        </tbody>
      </TableFrame>
      <p className="text-meta text-ink-3">
        Health is what was seen in the last five minutes. It is shown and decides nothing: no call is refused because of
        it.
      </p>
      {isAlone && isAdmin(me) && (
        <div className="rounded-control border border-line bg-surface p-4 text-control">
          <p>
            Only the default upstream. <code className="font-mono text-table">AI_GATEWAY_UPSTREAMS</code> adds more, for
            example:
          </p>
          <div className="mt-2 flex items-center gap-2 rounded-control bg-sunken pl-3">
            <code className="min-w-0 flex-1 overflow-x-auto py-2 font-mono text-table whitespace-nowrap" tabIndex={0}>
              {ADD_MORE}
            </code>
            <CopyButton text={ADD_MORE} label="Copy the example" />
          </div>
        </div>
      )}
    </div>
  );
}

function UpstreamLine({ row }: { readonly row: UpstreamRow }) {
  const { name, baseUrl, health, errorRate, p50Ms, inFlight, credentialSource, models } = row;
  return (
    <tr className="border-b border-line last:border-0 hover:bg-hover">
      <Cell>
        <Link to="/models" search={{ q: name }} className="text-accent-text hover:underline">
          {name}
        </Link>
      </Cell>
      <Cell className="max-w-80 truncate" title={baseUrl}>
        {baseUrl.startsWith('demo:') ? <span className="text-ink-2">inside the gateway</span> : baseUrl}
      </Cell>
      <Cell>
        <State health={health} />
      </Cell>
      <Cell align="right">{p50Ms === null ? '–' : formatCount(p50Ms)}</Cell>
      <Cell align="right">{errorRate === null ? '–' : formatShare(errorRate).replace(' %', '')}</Cell>
      <Cell align="right">{formatCount(inFlight)}</Cell>
      <Cell>
        {credentialSource === null || credentialSource === 'none' ? (
          <span className="text-ink-2">none</span>
        ) : (
          <code className="font-mono">{credentialSource}</code>
        )}
      </Cell>
      <Cell className="max-w-80 truncate" title={models.join(', ')}>
        {models.length === 0 ? <span className="text-ink-2">what has no route of its own</span> : models.join(', ')}
      </Cell>
    </tr>
  );
}

function State({ health }: { readonly health: UpstreamHealth }) {
  const { shape, colour, word } = states[health] ?? { shape: '?', colour: 'text-ink-2', word: health };
  return (
    <span className="inline-flex items-center gap-1.5">
      <span aria-hidden className={`inline-block w-4 text-center ${colour}`}>
        {shape}
      </span>
      {word}
    </span>
  );
}
