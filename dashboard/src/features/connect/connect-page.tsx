import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import type { IssuedKey } from '../../../../libs/contracts/keys.js';
import type { ConnectSearch } from '../../app/route-search.js';
import { Button } from '../../components/button.js';
import { CopyButton } from '../../components/copy-button.js';
import { ModelPicker } from '../../components/model-picker.js';
import { Page } from '../../components/page.js';
import { QueryError } from '../../components/query-error/query-error.js';
import { Select } from '../../components/select.js';
import { SnippetTabs } from '../../components/snippet-tabs/snippet-tabs.js';
import { useSnippetModel } from '../../components/snippet-tabs/use-snippet-model.js';
import { keyPagesQuery, keyState } from '../../lib/issued-keys.js';
import { maySee, useMe } from '../../lib/me.js';
import { toolNames, type SnippetKey, type Tool } from '../../lib/snippets.js';
import { FirstCall } from './first-call.js';

const NewKeyDialog = lazy(async () => ({
  default: (await import('../../components/key-form/new-key-dialog.js')).NewKeyDialog,
}));
const IssuedKeyDialog = lazy(async () => ({
  default: (await import('../../components/key-form/issued-key-dialog.js')).IssuedKeyDialog,
}));

const route = getRouteApi('/connect');
/** In the list of keys: the caller's own provider key, or none. */
const OWN = '';

export function ConnectPage() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const me = useMe();
  const seesKeys = maySee(me, 'keys');
  const keys = useInfiniteQuery({ ...keyPagesQuery, enabled: seesKeys });
  const [isMaking, setMaking] = useState(false);
  const [issued, setIssued] = useState<IssuedKey | null>(null);
  const [isStored, setStored] = useState(true);
  const [chosenModel, setChosenModel] = useState<string | null>(null);
  const usable = (keys.data?.pages ?? [])
    .flatMap(({ data }) => data)
    .filter((key) => keyState(key, new Date()) === 'on');
  const keyId = search.key ?? (me.access === 'open' ? OWN : (usable[0]?.id ?? OWN));
  const row = usable.find(({ id }) => id === keyId);
  const suggested = useSnippetModel(row?.models ?? null);
  const model = chosenModel ?? suggested;
  const change = (next: ConnectSearch) =>
    void navigate({ to: '/connect', search: { ...search, ...next }, replace: true });
  const tool = (Object.keys(toolNames) as Tool[]).find((name) => name === search.tool) ?? 'curl';
  const snippetKey: SnippetKey =
    issued?.id === keyId ? { kind: 'whole', key: issued.key } : keyId === OWN ? { kind: 'own' } : { kind: 'masked' };
  const options = [
    ...(me.access === 'open' ? [{ value: OWN, label: 'No gateway key: my provider’s own' }] : []),
    ...usable.map(({ id, name, key }) => ({ value: id, label: `${name} ${key}` })),
  ];
  const address = location.origin;
  return (
    <Page title="Connect a program">
      <div className="flex max-w-200 flex-col gap-6">
        <Step number={1} title="Key">
          <div className="flex flex-wrap items-center gap-2">
            {options.length > 0 && (
              <Select
                aria-label="Key"
                className="w-80 max-w-full"
                value={keyId}
                onChange={(key) => change({ key: key || undefined })}
                options={options}
              />
            )}
            {seesKeys && (
              <Button icon={<Plus aria-hidden size={16} strokeWidth={1.5} />} onClick={() => setMaking(true)}>
                New
              </Button>
            )}
            <span className="flex items-center gap-2 text-control text-ink-2">
              for
              <ModelPicker label="Model" value={model} onChange={setChosenModel} className="max-w-60" />
            </span>
          </div>
          <QueryError query={keys} />
        </Step>
        <Step number={2} title="Address">
          <div className="flex items-center gap-2 rounded-control border border-line bg-sunken pl-3">
            <code className="min-w-0 flex-1 py-2 font-mono text-control break-all">{address}/v1</code>
            <CopyButton text={`${address}/v1`} label="Copy the address">
              Copy
            </CopyButton>
          </div>
        </Step>
        <Step number={3} title="Program">
          <SnippetTabs
            tool={tool}
            onTool={(next) => change({ tool: next === 'curl' ? undefined : next })}
            address={address}
            snippetKey={snippetKey}
            model={model}
          />
        </Step>
        <FirstCall key={keyId} keyId={keyId === OWN ? null : keyId} />
      </div>
      <Suspense>
        {isMaking && (
          <NewKeyDialog
            onClose={() => setMaking(false)}
            onIssued={(key) => {
              setMaking(false);
              setIssued(key);
              setStored(false);
              change({ key: key.id });
            }}
          />
        )}
        {issued && !isStored && <IssuedKeyDialog issued={issued} onStored={() => setStored(true)} />}
      </Suspense>
    </Page>
  );
}

interface StepProps {
  readonly number: number;
  readonly title: string;
  readonly children: ReactNode;
}

function Step({ number, title, children }: StepProps) {
  return (
    <section className="flex flex-col gap-2">
      <h2 className="flex items-center gap-2 text-control font-semibold">
        <span
          aria-hidden
          className="figures inline-flex size-6 items-center justify-center rounded-full bg-accent-soft text-accent-text"
        >
          {number}
        </span>
        {title}
      </h2>
      {children}
    </section>
  );
}
