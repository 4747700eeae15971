import { noParameters } from './completion/completion-request.js';
import type { ChatSettings } from './conversations/conversation.js';

/** What the reader used last, so that the next chat starts with it. Kept in this browser. */
interface ModelMemory {
  readonly settings: ChatSettings;
  readonly recent: readonly string[];
  readonly favourites: readonly string[];
}

const STORAGE_KEY = 'gateway.models';
const RECENT = 5;
const empty: ModelMemory = { settings: { ...noParameters, model: '' }, recent: [], favourites: [] };

export function modelMemory(): ModelMemory {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '{}');
    return { ...empty, ...(typeof stored === 'object' ? stored : null) };
  } catch {
    return empty; // Blocked or unreadable: as at the first visit.
  }
}

export function rememberSettings(settings: ChatSettings): void {
  const { recent, favourites } = modelMemory();
  const others = recent.filter((id) => id !== settings.model);
  write({ settings, favourites, recent: [settings.model, ...others].filter(Boolean).slice(0, RECENT) });
}

export function toggleFavourite(model: string): ModelMemory {
  const memory = modelMemory();
  const has = memory.favourites.includes(model);
  const favourites = has ? memory.favourites.filter((id) => id !== model) : [...memory.favourites, model];
  const next = { ...memory, favourites };
  write(next);
  return next;
}

function write(memory: ModelMemory): void {
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(memory));
  } catch (error) {
    // A blocked storage costs the memory of the choice, not the choice.
    if (!(error instanceof DOMException)) throw error;
  }
}
