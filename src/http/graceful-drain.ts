import type { Server } from 'node:http';
import type { CallsInFlight } from './calls-in-flight.js';

export interface DrainOptions {
  readonly drainMs: number;
  /** How long calls may take to settle after they were told to stop. */
  readonly settleMs?: number;
}

const SETTLE_MS = 5_000;

/**
 * Lets running calls finish. The listener stays open meanwhile and answers new calls 503, so that no load balancer
 * meets a refused connection; `Server.close()` also closes idle kept-alive sockets, so it comes last.
 * @param hurry resolves when somebody wants the drain to end now
 */
export async function drain(
  server: Server,
  inFlight: CallsInFlight,
  { drainMs, settleMs = SETTLE_MS }: DrainOptions,
  hurry: Promise<void>,
): Promise<void> {
  inFlight.isDraining = true;
  await Promise.race([inFlight.whenEmpty(), hurry, delay(drainMs)]);
  inFlight.stopAll();
  await Promise.race([inFlight.whenEmpty(), delay(settleMs)]);
  server.close();
  server.closeAllConnections();
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
