import type { IncomingMessage } from 'node:http';

/** The key that a request shows; it is compared and never kept. */
export function shownKeyOf({ headers }: IncomingMessage): string | undefined {
  const bearer = /^bearer\s+(\S+)$/i.exec(headers.authorization ?? '')?.[1];
  const named = headers['x-api-key'] ?? headers['api-key'];
  return bearer ?? (typeof named === 'string' ? named : undefined);
}
