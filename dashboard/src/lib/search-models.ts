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

/** Favourites and the last used ones first, the rest as they come; no model twice. */
export function sortModels(
  models: readonly ModelRow[],
  favourites: readonly string[],
  recent: readonly string[],
): readonly ModelRow[] {
  const first = [...favourites, ...recent].flatMap((id) => models.filter((model) => model.id === id));
  return [...new Set([...first, ...models])];
}
