import { CallsInFlight } from '../../src/http/calls-in-flight.js';
import { TargetHealth } from '../../src/routing/target-health.js';
import { eventually } from './clients.js';
import type { RunningGateway } from './start-gateway.js';

/**
 * Waits until nothing of a gateway's calls is left: none counted as under way, none held open at an upstream. A
 * rejection that nobody handled fails the running test by itself: Jest sees to it.
 * @param upstreams names of the upstreams that were called
 */
export async function backAtBaseline(
  { gateway: { app } }: RunningGateway,
  upstreams: readonly string[] = ['default'],
): Promise<void> {
  const calls = app.get(CallsInFlight);
  const health = app.get(TargetHealth);
  const readGauges = () => [calls.count, ...upstreams.map((name) => health.read(name).inFlight)];
  await eventually(() => readGauges().every((gauge) => gauge === 0)).catch((error: unknown) => {
    throw new Error(`calls left behind: ${readGauges().join(', ')}`, { cause: error });
  });
}
