import { ErrorNotice } from './error-notice.js';

interface PanelErrorProps {
  readonly error: unknown;
  readonly onRetry: () => void;
}

/** A panel that did not load: it fails alone, its neighbours stay. */
export function PanelError({ error, onRetry }: PanelErrorProps) {
  return <ErrorNotice error={error} steps={{ retry: onRetry, reload: () => location.reload() }} />;
}
