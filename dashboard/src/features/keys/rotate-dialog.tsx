import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { IssuedKey, KeyRow } from '../../../../libs/contracts/keys.js';
import { Button } from '../../components/button.js';
import { Dialog, DialogActions } from '../../components/dialog.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { Field } from '../../components/field.js';
import { Select } from '../../components/select.js';
import { rotateKey } from '../../lib/issued-keys.js';

interface RotateDialogProps {
  readonly row: KeyRow;
  readonly onClose: () => void;
  readonly onIssued: (key: IssuedKey) => void;
}

const HOUR = 3600;
const graces = [
  { value: '0', label: 'ends at once' },
  { value: String(HOUR), label: 'lives on for an hour' },
  { value: String(24 * HOUR), label: 'lives on for a day' },
  { value: String(7 * 24 * HOUR), label: 'lives on for 7 days' },
];

/** A new secret for the same key; the old one may live on until every program has the new one. */
export function RotateDialog({ row, onClose, onIssued }: RotateDialogProps) {
  const queryClient = useQueryClient();
  const [grace, setGrace] = useState(String(24 * HOUR));
  const rotating = useMutation({
    mutationFn: () => rotateKey(row.id, { graceSeconds: Number(grace) }),
    onSuccess: (issued) => {
      void queryClient.invalidateQueries({ queryKey: ['keys'] });
      onIssued(issued);
    },
  });
  return (
    <Dialog open onClose={onClose} title="Rotate the key" description="Name, limits, budget and history stay.">
      <div className="flex flex-col gap-4">
        <Field label="The old key">
          {(control) => <Select {...control} value={grace} onChange={setGrace} options={graces} />}
        </Field>
        {rotating.error && <ErrorNotice error={rotating.error} steps={{ retry: () => rotating.mutate() }} />}
        <DialogActions>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button look="filled" onClick={() => rotating.mutate()} disabled={rotating.isPending}>
            {rotating.isPending ? 'Rotating…' : 'Rotate'}
          </Button>
        </DialogActions>
      </div>
    </Dialog>
  );
}
