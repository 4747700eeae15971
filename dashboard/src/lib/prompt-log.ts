import type { PromptLog, PromptLogQuery } from '../../../libs/contracts/prompt-log.js';
import { fetchJson } from './api-client.js';

/** One page of the log, newest first. */
export function fetchLog(query: PromptLogQuery, signal?: AbortSignal): Promise<PromptLog> {
  return fetchJson<PromptLog>('/api/prompt-log', { query: { ...query }, signal });
}
