import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import type { RequestRecord } from '../../../../../libs/contracts/requests.js';
import { CopyButton } from '../../../components/copy-button.js';
import { IconButton } from '../../../components/icon-button.js';
import { LongId } from '../../../components/long-id/long-id.js';
import { QueryError } from '../../../components/query-error/query-error.js';
import { Loading, Skeleton } from '../../../components/skeleton.js';
import { StateDot } from '../../../components/state-dot.js';
import { Time } from '../../../components/time.js';
import { useFilterChoices } from '../../../lib/filter-choices.js';
import { usePeopleNames } from '../../../lib/people.js';
import { requestQuery } from '../../../lib/requests.js';
import { ModelPath } from '../request-cells.js';
import { answerHeaders } from './answer-headers.js';
import { RecordActions } from './record-actions.js';
import { LimitsFact, PriceFact, RouteFact, TokensFact } from './record-facts.js';
import { Folded } from './record-text.js';
import { RecordTexts } from './record-texts.js';
import { TimelineChart } from './timeline-chart.js';

interface RecordPanelProps {
  readonly requestId: string;
  /** Absent where the layer around it has its own cross. */
  readonly onClose: (() => void) | undefined;
}

/** One call whole, beside the list or over it. */
export function RecordPanel({ requestId, onClose }: RecordPanelProps) {
  const query = useQuery(requestQuery(requestId));
  const { data: record } = query;
  return (
    <div className={onClose ? 'p-4' : ''}>
      <div className="flex items-center gap-2">
        <h2 className="min-w-0 flex-1 text-control font-semibold">
          <LongId text={requestId} tail={8} />
        </h2>
        <CopyButton text={requestId} label="Copy the request id" />
        {onClose && (
          <IconButton
            label="Close the record"
            keys="Esc"
            icon={<X aria-hidden size={16} strokeWidth={1.5} />}
            onClick={onClose}
          />
        )}
      </div>
      {!record && <QueryError query={query} />}
      {!record && !query.error && (
        <Loading>
          <Skeleton className="my-3 h-5 w-48" />
          <Skeleton className="mb-4 h-40 rounded-control" />
          <Skeleton className="h-48 rounded-control" />
        </Loading>
      )}
      {record && <RecordBody record={record} />}
    </div>
  );
}

function RecordBody({ record }: { readonly record: RequestRecord }) {
  const { keys } = useFilterChoices();
  const people = usePeopleNames();
  const keyName = keys.find(({ value }) => value === record.keyId)?.label ?? record.keyId;
  const person = record.userId === null ? null : (people.get(record.userId) ?? record.userId);
  const headers = answerHeaders(record);
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-col gap-1 text-control">
        <p className="flex flex-wrap items-center gap-x-2">
          <StateDot status={record.status} withWord />
          <span>{record.httpStatus ?? 'no status'}</span>
          <span className="text-ink-2">{record.stream ? 'streamed' : 'not streamed'}</span>
          <span className="min-w-0">
            <ModelPath row={record} />
          </span>
        </p>
        <p className="text-ink-2">
          <Time iso={record.at} /> · {person && <bdi>{person} · </bdi>}
          key <bdi>{keyName}</bdi>
        </p>
        {tagWords(record) && <p className="text-meta break-words text-ink-2">{tagWords(record)}</p>}
        {record.error && (
          <p className="rounded-control bg-danger-soft p-2 break-words">
            <span className="font-mono text-meta">{record.error.code}</span>
            <span className="block">{record.error.message}</span>
          </p>
        )}
      </div>
      <TimelineChart record={record} />
      <dl className="flex flex-col gap-2">
        <RouteFact record={record} />
        <TokensFact record={record} />
        <PriceFact record={record} />
        <LimitsFact record={record} />
      </dl>
      <RecordActions record={record} />
      <div>
        <RecordTexts record={record} />
        <Folded title="Headers of the answer">
          <dl className="flex flex-col gap-1 font-mono text-meta">
            {headers.map(([name, value]) => (
              <div key={name} className="flex flex-wrap gap-x-2">
                <dt className="text-ink-2">{name}:</dt>
                <dd className="break-all">{value}</dd>
              </div>
            ))}
          </dl>
        </Folded>
      </div>
    </div>
  );
}

function tagWords({ tags }: RequestRecord): string {
  return Object.entries(tags)
    .map(([name, value]) => `${name}=${value}`)
    .join(', ');
}
