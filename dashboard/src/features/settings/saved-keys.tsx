import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { CredentialRow } from '../../../../libs/contracts/credentials.js';
import { Button } from '../../components/button.js';
import { Chip } from '../../components/chip.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { PanelError } from '../../components/panel-error.js';
import { Loading, Skeleton } from '../../components/skeleton.js';
import { plural } from '../../lib/figures.js';
import { credentialsQuery } from '../../lib/credentials-list.js';
import { removeCredential, saveCredential, testCredential } from './credential-requests.js';
import { CredentialForm } from './credential-form.js';
import { Section } from './section.js';

/** The provider keys saved with the account: sealed by the gateway, never shown again. */
export function SavedKeys() {
  const { data, error, isPending, refetch } = useQuery(credentialsQuery);
  const [isAdding, setAdding] = useState(false);
  return (
    <Section
      title="Saved keys"
      hint="Kept sealed by the gateway and used for your calls. Nobody can read them again, you neither."
    >
      {isPending && (
        <Loading>
          <Skeleton className="h-9" />
        </Loading>
      )}
      {error && <PanelError error={error} onRetry={() => void refetch()} />}
      {data && (
        <ul className="flex flex-col divide-y divide-line">
          {data.data.map((row) => (
            <SavedKey key={row.provider} row={row} />
          ))}
        </ul>
      )}
      {data?.data.length === 0 && !isAdding && (
        <p className="text-control text-ink-2">None yet: your calls use the gateway’s own keys.</p>
      )}
      {isAdding ? (
        <CredentialForm onDone={() => setAdding(false)} />
      ) : (
        <Button className="self-start" onClick={() => setAdding(true)}>
          Save a key
        </Button>
      )}
    </Section>
  );
}

function SavedKey({ row }: { readonly row: CredentialRow }) {
  const queryClient = useQueryClient();
  const [isReplacing, setReplacing] = useState(false);
  const reload = () => queryClient.invalidateQueries({ queryKey: credentialsQuery.queryKey });
  const test = useMutation({ mutationFn: () => testCredential(row.provider) });
  const remove = useMutation({ mutationFn: () => removeCredential(row.provider), onSuccess: reload });
  const makeDefault = useMutation({
    mutationFn: () => saveCredential({ provider: row.provider, isDefault: true }),
    onSuccess: reload,
  });
  const failure = test.error ?? remove.error ?? makeDefault.error;
  return (
    <li className="flex flex-col gap-2 py-3 first:pt-0 last:pb-0">
      <div className="flex flex-wrap items-center gap-2">
        <span className="font-semibold">{row.provider}</span>
        <span className="font-mono">{row.last4 === null ? 'no key any more' : `●●●●${row.last4}`}</span>
        {row.isDefault && <Chip tone="accent">for models without a route</Chip>}
        <span className="mr-auto" />
        <Button onClick={() => test.mutate()} disabled={test.isPending || row.last4 === null}>
          {test.isPending ? 'Testing…' : 'Test'}
        </Button>
        {!row.isDefault && (
          <Button look="quiet" onClick={() => makeDefault.mutate()} disabled={makeDefault.isPending}>
            Make default
          </Button>
        )}
        <Button look="quiet" onClick={() => setReplacing(!isReplacing)}>
          Replace
        </Button>
        <Button look="quiet" onClick={() => remove.mutate()} disabled={remove.isPending}>
          Remove
        </Button>
      </div>
      {row.baseUrl && <p className="text-meta break-all text-ink-2">{row.baseUrl}</p>}
      {test.data && (
        <p role="status" className={`text-control ${test.data.ok ? 'text-ok' : 'text-danger'}`}>
          {test.data.message}
          {test.data.models !== null && ` It lists ${plural(test.data.models, 'model')}.`}
        </p>
      )}
      {failure && <ErrorNotice error={failure} steps={{}} metAtMs={Date.now()} />}
      {isReplacing && <CredentialForm provider={row.provider} onDone={() => setReplacing(false)} />}
    </li>
  );
}
