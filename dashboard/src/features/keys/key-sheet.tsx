import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import type { IssuedKey, KeyRow } from '../../../../libs/contracts/keys.js';
import { Button } from '../../components/button.js';
import { Dialog } from '../../components/dialog.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { QueryError } from '../../components/query-error/query-error.js';
import { Loading, Skeleton } from '../../components/skeleton.js';
import { Time } from '../../components/time.js';
import { fromKey, toUpdateKey, type KeyFormValues } from '../../components/key-form/key-form-values.js';
import { KeyFields } from '../../components/key-form/key-fields.js';
import { keyQuery, updateKey } from '../../lib/issued-keys.js';
import { isAdmin, useMe } from '../../lib/me.js';
import { KeyStateMark } from './key-state-mark.js';
import { Budget } from './key-table.js';
import { deleteWithUndo } from './pending-deletes.js';
import { RotateDialog } from './rotate-dialog.js';

interface KeySheetProps {
  readonly id: string;
  readonly now: Date;
  readonly onClose: () => void;
  readonly onIssued: (key: IssuedKey) => void;
}

/** One key: what it may, what it spent, and what can be done with it. */
export function KeySheet({ id, now, onClose, onIssued }: KeySheetProps) {
  const query = useQuery(keyQuery(id));
  const { data: row } = query;
  return (
    <Dialog open onClose={onClose} shape="sheet" title={row ? <bdi>{row.name}</bdi> : 'Key'}>
      {!row && <QueryError query={query} />}
      {!row && !query.error && (
        <Loading>
          <Skeleton className="mb-4 h-24 rounded-control" />
          <Skeleton className="h-96 rounded-control" />
        </Loading>
      )}
      {row && <KeyDetails key={row.id} row={row} now={now} onClose={onClose} onIssued={onIssued} />}
    </Dialog>
  );
}

interface KeyDetailsProps extends Omit<KeySheetProps, 'id'> {
  readonly row: KeyRow;
}

function KeyDetails({ row, now, onClose, onIssued }: KeyDetailsProps) {
  const me = useMe();
  const queryClient = useQueryClient();
  const [isRotating, setRotating] = useState(false);
  const form = useForm<KeyFormValues>({ values: fromKey(row) });
  const take = (changed: KeyRow) => {
    queryClient.setQueryData(keyQuery(row.id).queryKey, changed);
    void queryClient.invalidateQueries({ queryKey: ['keys', 'pages'] });
  };
  const saving = useMutation({
    mutationFn: (values: KeyFormValues) => updateKey(row.id, toUpdateKey(values, row)),
    onSuccess: take,
  });
  const switching = useMutation({
    mutationFn: () => updateKey(row.id, { disabled: !row.disabled }),
    onSuccess: take,
  });
  const deleting = useMutation({ mutationFn: () => deleteWithUndo(row, queryClient), onMutate: onClose });
  const submit = form.handleSubmit((values) => saving.mutate(values));
  return (
    <div className="flex flex-col gap-6">
      <div className="flex flex-col gap-2 text-control">
        <p className="flex flex-wrap items-center gap-x-3">
          <code className="font-mono">{row.key}</code>
          <KeyStateMark row={row} now={now} />
        </p>
        <Budget row={row} now={now} />
        <p className="text-ink-2">
          Made <Time iso={row.createdAt} show="minute" /> · last used{' '}
          {row.lastUsedAt === null ? 'never' : <Time iso={row.lastUsedAt} show="age" />}
        </p>
        <p className="flex flex-wrap gap-x-4">
          <Link to="/requests" search={{ key: row.id }} className="text-accent-text underline underline-offset-2">
            Its requests
          </Link>
          <Link to="/usage" search={{ key: row.id }} className="text-accent-text underline underline-offset-2">
            Its usage
          </Link>
          <Link to="/connect" search={{ key: row.id }} className="text-accent-text underline underline-offset-2">
            Connect a program
          </Link>
        </p>
      </div>
      <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-4">
        <KeyFields form={form} isAdmin={isAdmin(me)} isUnfolded />
        {saving.error && <ErrorNotice error={saving.error} steps={{ retry: () => void submit() }} />}
        <div className="flex items-center gap-3">
          <Button look="filled" type="submit" disabled={saving.isPending || !form.formState.isDirty}>
            {saving.isPending ? 'Saving…' : 'Save'}
          </Button>
          <span role="status" className="text-control text-ink-2">
            {saving.isSuccess && !form.formState.isDirty ? 'Saved: it holds from the next call on.' : ''}
          </span>
        </div>
      </form>
      <div className="flex flex-col gap-3 border-t border-line pt-4">
        {switching.error && <ErrorNotice error={switching.error} steps={{ retry: () => switching.mutate() }} />}
        {deleting.error && <ErrorNotice error={deleting.error} steps={{ retry: () => deleting.mutate() }} />}
        <div className="flex flex-wrap gap-2">
          <Button onClick={() => setRotating(true)}>Rotate…</Button>
          <Button onClick={() => switching.mutate()} disabled={switching.isPending}>
            {row.disabled ? 'Switch on' : 'Switch off'}
          </Button>
          <Button look="danger" onClick={() => deleting.mutate()}>
            Delete
          </Button>
        </div>
      </div>
      {isRotating && (
        <RotateDialog
          row={row}
          onClose={() => setRotating(false)}
          onIssued={(issued) => {
            setRotating(false);
            onClose();
            onIssued(issued);
          }}
        />
      )}
    </div>
  );
}
