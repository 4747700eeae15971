/** `GET /health`: 200 with `ok`, or 503 with what is wrong. */
export interface Health {
  readonly status: 'ok' | 'error' | 'shutting_down';
  readonly details?: Readonly<Record<string, { readonly status: string; readonly message?: string }>>;
}
