import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Money } from '../../components/money.js';
import { QueryError } from '../../components/query-error/query-error.js';
import { StateDot } from '../../components/state-dot.js';
import { Time } from '../../components/time.js';
import { formatDuration } from '../../lib/duration.js';
import { isAdmin, useMe } from '../../lib/me.js';
import { fetchLog } from '../../lib/prompt-log.js';

interface FirstCallProps {
  /** `null`: any call, where the key has no id yet. */
  readonly keyId: string | null;
}

const POLL_MS = 2000;

/** Waits for the first call since the page was opened, and shows it. */
export function FirstCall({ keyId }: FirstCallProps) {
  const me = useMe();
  const canListen = isAdmin(me) || me.kind !== 'anonymous';
  const [openedAt] = useState(() => new Date().toISOString());
  const query = useQuery({
    queryKey: ['prompt-log', 'first-call', keyId, openedAt],
    queryFn: ({ signal }) => fetchLog({ ...(keyId === null ? {} : { key: keyId }), from: openedAt, limit: 1 }, signal),
    refetchInterval: ({ state }) => (state.data?.data.length ? false : POLL_MS),
    enabled: canListen,
  });
  const call = query.data?.data.at(-1);
  if (!canListen) {
    return <p className="text-control text-ink-2">Sign in, or give a key, to see the first call arrive here.</p>;
  }
  if (query.error) return <QueryError query={query} />;
  return (
    <div role="status" className="rounded-control border border-line bg-surface p-4 text-control">
      {call ? (
        <p className="figures flex flex-wrap items-center gap-x-2 gap-y-1">
          <StateDot status={call.status} />
          <span className="font-semibold">First call</span>
          <Time iso={call.at} />
          {call.model !== null && <bdi>· {call.model}</bdi>}
          {call.latencyMs !== null && <span>· {formatDuration(call.latencyMs)}</span>}
          <span>
            · <Money usd={call.costUsd} />
          </span>
          {call.error && <span className="basis-full text-danger">{call.error.message}</span>}
          <Link
            to="/requests"
            search={{ id: call.requestId }}
            className="text-accent-text underline underline-offset-2"
          >
            Open the record
          </Link>
        </p>
      ) : (
        <p className="flex items-center gap-2">
          <span aria-hidden className="size-2 animate-pulse rounded-full bg-accent" />
          Waiting for the first call{keyId === null ? '' : ' with this key'}…
        </p>
      )}
    </div>
  );
}
