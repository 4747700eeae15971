import type { RequestRecord } from '../../../../../libs/contracts/requests.js';

/**
 * The call as a command, with the stored beginning of its question and a place for the key: the key itself is nowhere.
 * @param address the gateway's own, without a path
 */
export function asCurl(record: RequestRecord, address: string): string {
  const { endpoint, model, stream, promptPreview } = record;
  const head = [`curl ${address}${endpoint}`, `-H "Authorization: Bearer $AI_GATEWAY_KEY"`];
  if (model === null) return [...head].join(' \\\n  ');
  const body = { model, ...bodyOf(endpoint, promptPreview ?? ''), ...(stream ? { stream: true } : {}) };
  return [...head, `-H 'Content-Type: application/json'`, `-d ${quoted(JSON.stringify(body))}`].join(' \\\n  ');
}

function bodyOf(endpoint: string, text: string): object {
  const messages = [{ role: 'user', content: text }];
  if (endpoint.endsWith('/messages')) return { max_tokens: 1024, messages };
  if (endpoint.endsWith('/chat/completions')) return { messages };
  if (endpoint.endsWith('/completions') || endpoint.includes('/images/')) return { prompt: text };
  return { input: text };
}

/** One argument for a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
