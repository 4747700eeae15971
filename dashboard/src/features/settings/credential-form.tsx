import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ErrorNotice } from '../../components/error-notice.js';
import { Field, inputClass } from '../../components/field.js';
import { KeyField } from '../../components/key-field.js';
import { credentialsQuery } from '../../lib/credentials-list.js';
import { upstreamsQuery } from '../../lib/upstreams.js';
import { saveCredential } from './credential-requests.js';

interface CredentialFormProps {
  /** Given: only the key is replaced. */
  readonly provider?: string;
  readonly onDone: () => void;
}

export function CredentialForm({ provider: fixed, onDone }: CredentialFormProps) {
  const queryClient = useQueryClient();
  const { data: upstreams } = useQuery(upstreamsQuery);
  const names = upstreams?.data.map(({ name }) => name) ?? [];
  const [typed, setTyped] = useState('');
  const [baseUrl, setBaseUrl] = useState('');
  const provider = fixed ?? (typed || names[0] || '');
  const needsAddress = fixed === undefined && provider !== '' && !names.includes(provider);
  const save = useMutation({
    mutationFn: (apiKey: string) =>
      saveCredential({ provider, apiKey, ...(needsAddress && baseUrl ? { baseUrl } : {}) }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: credentialsQuery.queryKey });
      await queryClient.invalidateQueries({ queryKey: ['models'] });
      onDone();
    },
  });
  return (
    <div className="flex flex-col gap-3 rounded-control bg-sunken p-3">
      {fixed === undefined && (
        <Field label="Provider" hint="One of this gateway’s upstreams, or a name of your own for an allowed address.">
          {(control) => (
            <>
              <input
                {...control}
                list="known-providers"
                value={typed}
                placeholder={names[0] ?? 'openai'}
                autoCapitalize="off"
                spellCheck={false}
                onChange={(event) => setTyped(event.target.value.trim().toLowerCase())}
                className={inputClass}
              />
              <datalist id="known-providers">
                {names.map((name) => (
                  <option key={name} value={name} />
                ))}
              </datalist>
            </>
          )}
        </Field>
      )}
      {needsAddress && (
        <Field label="Base URL" hint="One that the administrator allows.">
          {(control) => (
            <input
              {...control}
              type="url"
              value={baseUrl}
              placeholder="https://…/v1"
              onChange={(event) => setBaseUrl(event.target.value.trim())}
              className={inputClass}
            />
          )}
        </Field>
      )}
      <KeyField
        label="Key"
        hint="Sealed by the gateway; afterwards only its last four characters are shown."
        provider={provider || null}
        saveLabel={save.isPending ? 'Saving…' : 'Save'}
        onSave={(key) => save.mutate(key)}
        onCancel={onDone}
      />
      {save.error && <ErrorNotice error={save.error} steps={{}} metAtMs={Date.now()} />}
    </div>
  );
}
