import { Link } from '@tanstack/react-router';
import type { AuditRow } from '../../../../libs/contracts/audit.js';
import { LongId } from '../../components/long-id/long-id.js';
import { Cell, HeadCell, TableFrame } from '../../components/table-head.js';
import { Time } from '../../components/time.js';
import { useClockName } from '../../lib/use-clock-name.js';
import { actionWords, changeWords } from './audit-words.js';

export function AuditTable({ rows }: { readonly rows: readonly AuditRow[] }) {
  const clockName = useClockName();
  return (
    <TableFrame label="Audit">
      <thead>
        <tr>
          <HeadCell>When, {clockName}</HeadCell>
          <HeadCell>Who</HeadCell>
          <HeadCell>Did what</HeadCell>
          <HeadCell>To what</HeadCell>
          <HeadCell>Change</HeadCell>
          <HeadCell>From</HeadCell>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id} className="border-b border-line align-top last:border-0 hover:bg-hover">
            <Cell className="py-2">
              <Time iso={row.at} />
            </Cell>
            <Cell className="max-w-56 truncate py-2" title={row.actor}>
              <bdi>{row.actor}</bdi>
            </Cell>
            <Cell className="py-2" title={row.action}>
              {actionWords(row.action)}
            </Cell>
            <Cell className="max-w-56 py-2">{row.target === null ? '–' : <Target target={row.target} />}</Cell>
            <Cell className="max-w-120 min-w-60 py-2 break-words !whitespace-normal">{changeWords(row.change)}</Cell>
            <Cell className="py-2 font-mono">{row.ip ?? '–'}</Cell>
          </tr>
        ))}
      </tbody>
    </TableFrame>
  );
}

const linkClass = 'inline-flex max-w-full min-w-0 text-accent-text hover:underline';

/** What it was done to, as a way there where there is a page for it. */
function Target({ target }: { readonly target: string }) {
  const cut = <LongId text={target} tail={6} />;
  if (target.startsWith('key_')) {
    return (
      <Link to="/keys/{-$id}" params={{ id: target }} className={linkClass}>
        {cut}
      </Link>
    );
  }
  if (target.startsWith('usr_')) {
    return (
      <Link to="/people/{-$id}" params={{ id: target }} className={linkClass}>
        {cut}
      </Link>
    );
  }
  if (target.startsWith('req_')) {
    return (
      <Link to="/requests" search={{ id: target }} className={linkClass}>
        {cut}
      </Link>
    );
  }
  return cut;
}
