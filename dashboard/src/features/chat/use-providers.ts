import { useQuery } from '@tanstack/react-query';
import type { CredentialRow } from '../../../../libs/contracts/credentials.js';
import type { ModelRow } from '../../../../libs/contracts/models.js';
import { credentialsQuery } from '../../lib/credentials-list.js';
import { useMe } from '../../lib/me.js';
import { modelsQuery } from '../../lib/models.js';
import { upstreamsQuery } from '../../lib/upstreams.js';

export interface Providers {
  readonly names: readonly string[];
  /** The provider that a model id leads to; `null` when only the gateway knows. */
  readonly current: string | null;
  readonly model: ModelRow | undefined;
  /** The reader's saved key for it. */
  readonly saved: CredentialRow | undefined;
  /** A model id of a provider: its first listed one, else the present one under its name. */
  readonly firstModelOf: (name: string) => string;
}

/** Providers are the configured upstreams, whatever else lists models, and those with a saved key. */
export function useProviders(modelId: string): Providers {
  const me = useMe();
  const { data: models } = useQuery(modelsQuery);
  const { data: upstreams } = useQuery(upstreamsQuery);
  const { data: credentials } = useQuery({ ...credentialsQuery, enabled: me.kind === 'person' });
  const list = models?.data ?? [];
  const rows = credentials?.data ?? [];
  const names = [
    ...new Set([
      ...list.map(({ upstream }) => upstream),
      ...(upstreams?.data ?? []).map(({ name }) => name),
      ...rows.map(({ provider }) => provider),
    ]),
  ];
  const model = list.find(({ id }) => id === modelId);
  const current = model?.upstream ?? names.find((name) => modelId.startsWith(`${name}/`)) ?? null;
  const saved =
    rows.find(({ provider }) => provider === current) ?? (model ? undefined : rows.find(({ isDefault }) => isDefault));
  const firstModelOf = (name: string): string => {
    const listed = list.find(({ upstream }) => upstream === name);
    const preferred = rows.find(({ provider }) => provider === name)?.model;
    if (preferred) return preferred.startsWith(`${name}/`) ? preferred : `${name}/${preferred}`;
    return listed?.id ?? `${name}/${modelId.slice(modelId.indexOf('/') + 1)}`;
  };
  return { names, current, model, saved, firstModelOf };
}
