import type { ReadError } from '../../../libs/openai/openai-error.js';

/** HTTP status of an error that came as an event: its own number where it has one, else by its type. */
export function streamErrorStatus(error: ReadError): number {
  const numeric = [error.status, Number(error.code)].find((one) => one !== undefined && one >= 400 && one <= 599);
  if (numeric !== undefined) return Math.trunc(numeric);
  const words = `${error.type ?? ''} ${error.code ?? ''}`.toLowerCase();
  if (words.includes('rate_limit') || words.includes('quota')) return 429;
  if (words.includes('overloaded')) return 529;
  if (words.includes('invalid_request')) return 400;
  return 502;
}
