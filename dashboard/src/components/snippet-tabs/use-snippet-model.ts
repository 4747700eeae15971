import { useQuery } from '@tanstack/react-query';
import { useFilterChoices } from '../../lib/filter-choices.js';
import { firstAllowed } from '../../lib/glob.js';
import { modelMemory } from '../../lib/model-memory.js';
import { modelsQuery } from '../../lib/models.js';

/**
 * A model to show in snippets, of those that the key may use: the one last used in the chat, else the busiest of the
 * last 30 days, else the demo model, else any.
 */
export function useSnippetModel(globs: readonly string[] | null): string {
  const { data } = useQuery(modelsQuery);
  const { models: busy } = useFilterChoices();
  const listed = (data?.data ?? []).map(({ id }) => id);
  const wished = [modelMemory().settings.model, ...busy.map(({ value }) => value), 'demo'];
  const ids = [...wished.filter((id) => listed.includes(id)), ...listed];
  const plain = globs?.find((glob) => !glob.includes('*'));
  return firstAllowed(ids, globs) ?? plain ?? 'demo';
}
