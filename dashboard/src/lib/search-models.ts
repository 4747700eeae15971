import type { ModelRow } from '../../../libs/contracts/models.js';
import { formatContext } from './figures.js';

/** Models whose name, upstream or context ("200k") contains every word. */
export function searchModels(text: string, models: readonly ModelRow[]): readonly ModelRow[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return models.filter((model) => {
    const context = model.contextWindow === null ? '' : formatContext(model.contextWindow, 'en-US').toLowerCase();
    const haystack = `${model.id} ${model.upstream} ${context}`.toLowerCase();
    return words.every((word) => haystack.includes(word));
  });
}

interface Order {
  readonly favourites: readonly string[];
  readonly recent: readonly string[];
}

/** Favourites and the last used ones first, then those of the chosen upstream, then the rest; no model twice. */
export function sortModels(
  models: readonly ModelRow[],
  { favourites, recent }: Order,
  upstream: string | null,
): readonly ModelRow[] {
  const first = [...favourites, ...recent].flatMap((id) => models.filter((model) => model.id === id));
  const here = models.filter((model) => model.upstream === upstream);
  return [...new Set([...first, ...here, ...models])];
}
