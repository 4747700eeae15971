import { GatewayError } from './gateway-error.js';

/** Codes of SQLite that say that the store cannot be used now, and nothing of the statement. */
const UNUSABLE = /^SQLITE_(?:BUSY|LOCKED|FULL|IOERR|READONLY|CORRUPT|NOTADB|CANTOPEN|PROTOCOL)/;

/** The answer to a query that failed because the store is locked or broken; undefined for every other failure. */
export function storeFailureOf(error: unknown): GatewayError | undefined {
  if (!(error instanceof Error) || !('driverError' in error) || !UNUSABLE.test(codeOf(error.driverError))) {
    return undefined;
  }
  return new GatewayError({
    status: 503,
    type: 'overloaded_error',
    code: 'storage_unavailable',
    message: "The gateway's store cannot be used at the moment. Try again in a moment.",
    retryAfterMs: 5_000,
    cause: error,
  });
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}
