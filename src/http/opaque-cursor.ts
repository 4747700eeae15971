import { InvalidRequestError } from './request-errors.js';

/** Packs what a list must know to read on. */
export function toCursor(position: readonly (string | number | null)[]): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/**
 * Reads a cursor back.
 * @param isValid whether the parts are those that this list packs
 * @throws {InvalidRequestError} for a cursor that no such list gave
 */
export function readCursor<T extends readonly unknown[]>(
  cursor: string,
  isValid: (position: readonly unknown[]) => position is T,
): T {
  const position = parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  if (Array.isArray(position) && isValid(position)) return position;
  throw new InvalidRequestError('invalid_parameter', 'This cursor came from no list of this kind.', 'cursor');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
