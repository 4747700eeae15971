const PATIENCE_MS = 3_000;

/** Whether a gateway answers at an address, by the answer that only a gateway gives. */
export async function isGatewayAt(origin: string): Promise<boolean> {
  const health = await healthAt(origin);
  return health !== undefined;
}

/** What `GET /health` says; undefined where nobody, or something else, answers. */
export async function healthAt(origin: string): Promise<Readonly<Record<string, unknown>> | undefined> {
  try {
    const answer = await fetch(`${origin}/health`, { redirect: 'error', signal: AbortSignal.timeout(PATIENCE_MS) });
    const body: unknown = await answer.json();
    return isHealth(body) ? body : undefined;
  } catch (error) {
    // Refused, silent, or not JSON: whatever it is, it is no gateway that could be asked.
    if (error instanceof Error) return undefined;
    throw error;
  }
}

function isHealth(body: unknown): body is Readonly<Record<string, unknown>> {
  return typeof body === 'object' && body !== null && 'status' in body && typeof body.status === 'string';
}
