import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '../../components/button.js';
import { Dialog, DialogActions } from '../../components/dialog.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { signOut } from '../../lib/sign-out.js';
import { deleteMyData } from './credential-requests.js';
import { Section } from './section.js';

/** Ending every session, and leaving for good. */
export function AccountSection() {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const [isAsking, setAsking] = useState(false);
  const leave = async () => {
    queryClient.clear();
    await navigate({ to: '/sign-in', search: {} });
  };
  const everywhere = useMutation({
    mutationFn: () => signOut({ everywhere: true, hasSession: true }),
    onSuccess: leave,
  });
  const erase = useMutation({
    mutationFn: async () => {
      await deleteMyData();
      await signOut({ everywhere: false, hasSession: false });
    },
    onSuccess: leave,
  });
  const failure = everywhere.error ?? erase.error;
  return (
    <Section title="Account">
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => everywhere.mutate()} disabled={everywhere.isPending}>
          Sign out everywhere
        </Button>
        <Button look="quiet" onClick={() => setAsking(true)}>
          Delete my data
        </Button>
      </div>
      {failure && <ErrorNotice error={failure} steps={{}} metAtMs={Date.now()} />}
      <Dialog
        open={isAsking}
        onClose={() => setAsking(false)}
        title="Delete your data?"
        description="The gateway forgets the texts of your calls, your saved keys, your issued keys, your name and address, and ends every session. What was spent stays in the sums. Chats on this device stay; delete them above."
      >
        <DialogActions>
          <Button onClick={() => setAsking(false)}>Keep it</Button>
          <Button
            look="danger"
            onClick={() => {
              setAsking(false);
              erase.mutate();
            }}
          >
            Delete my data
          </Button>
        </DialogActions>
      </Dialog>
    </Section>
  );
}
