import type { ErrorComponentProps } from '@tanstack/react-router';
import { ErrorNotice } from '../components/error-notice.js';

export function RouteError({ error, reset }: ErrorComponentProps) {
  return (
    <div className="mx-auto max-w-160 p-6">
      <ErrorNotice error={error} steps={{ retry: reset, reload: () => location.reload() }} />
    </div>
  );
}
