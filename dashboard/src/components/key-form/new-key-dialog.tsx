import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import type { IssuedKey } from '../../../../libs/contracts/keys.js';
import { createKey } from '../../lib/issued-keys.js';
import { isAdmin, useMe } from '../../lib/me.js';
import { Button } from '../button.js';
import { Dialog, DialogActions } from '../dialog.js';
import { ErrorNotice } from '../error-notice.js';
import { emptyKey, toCreateKey, type KeyFormValues } from './key-form-values.js';
import { KeyFields } from './key-fields.js';

interface NewKeyDialogProps {
  readonly onClose: () => void;
  readonly onIssued: (key: IssuedKey) => void;
}

/** A name and a budget, the rest folded. */
export function NewKeyDialog({ onClose, onIssued }: NewKeyDialogProps) {
  const me = useMe();
  const queryClient = useQueryClient();
  const form = useForm<KeyFormValues>({ defaultValues: emptyKey });
  const making = useMutation({
    mutationFn: (values: KeyFormValues) => createKey(toCreateKey(values)),
    onSuccess: (issued) => {
      void queryClient.invalidateQueries({ queryKey: ['keys'] });
      onIssued(issued);
    },
  });
  const submit = form.handleSubmit((values) => making.mutate(values));
  return (
    <Dialog open onClose={onClose} title="New key">
      <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-4">
        <KeyFields form={form} isAdmin={isAdmin(me)} isUnfolded={false} />
        {making.error && <ErrorNotice error={making.error} steps={{ retry: () => void submit() }} />}
        <DialogActions>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button look="filled" type="submit" disabled={making.isPending}>
            {making.isPending ? 'Making…' : 'Make the key'}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
