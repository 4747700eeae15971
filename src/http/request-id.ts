import { randomUUID } from 'node:crypto';

const TIME_DIGITS = 12;

/**
 * A new request id: `req_` and 32 hexadecimal digits, the time first. Ids made one after the other then stand side by
 * side in the ledger's index; random ones touch a page each, which is a third of what a row costs.
 */
export function newRequestId(now = Date.now(), newUuid: () => string = randomUUID): string {
  const uuid = newUuid();
  // The first and the last group are 20 digits that are random throughout.
  return `req_${now.toString(16).padStart(TIME_DIGITS, '0').slice(-TIME_DIGITS)}${uuid.slice(0, 8)}${uuid.slice(24)}`;
}
