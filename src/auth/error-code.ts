/** The `code` of a system's or library's error: `ENOENT`, `UND_ERR_CONNECT_TIMEOUT`. Empty where there is none. */
export function errorCode(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}
