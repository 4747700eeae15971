import type { Gateway } from './create-gateway.js';

/** Ends the process in order at SIGTERM and SIGINT: exit code 0 once all is settled. A second signal ends the waiting. */
export function stopOnSignals(gateway: Gateway): void {
  let hurry: (() => void) | undefined;
  const hurried = new Promise<void>((resolve) => (hurry = resolve));
  let isStopping = false;
  const onSignal = (): void => {
    if (isStopping) return hurry?.();
    isStopping = true;
    gateway.stop(hurried).then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', onSignal).on('SIGINT', onSignal);
}
