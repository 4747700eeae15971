import Database from 'better-sqlite3';
import { QueryFailedError } from 'typeorm';
import { toGatewayError } from './to-gateway-error.js';

const failed = (code: string): QueryFailedError =>
  new QueryFailedError('INSERT', [], new Database.SqliteError('it cannot', code));

it.each(['SQLITE_BUSY', 'SQLITE_FULL', 'SQLITE_IOERR_WRITE', 'SQLITE_READONLY', 'SQLITE_CORRUPT'])(
  'answers 503 when a query meets %s',
  (code) => {
    expect(toGatewayError(failed(code))).toMatchObject({
      status: 503,
      code: 'storage_unavailable',
      retryAfterMs: 5_000,
    });
  },
);

it('takes a statement that is wrong for a fault of the gateway', () => {
  expect(toGatewayError(failed('SQLITE_CONSTRAINT_UNIQUE'))).toMatchObject({ status: 500, code: 'internal_error' });
  expect(toGatewayError(new Error('SQLITE_BUSY'))).toMatchObject({ status: 500 });
});
