import { useNavigate } from '@tanstack/react-router';
import { ErrorNotice } from './error-notice.js';

interface PanelErrorProps {
  readonly error: unknown;
  readonly onRetry: () => void;
}

/** A panel that did not load: it fails alone, its neighbours stay. */
export function PanelError({ error, onRetry }: PanelErrorProps) {
  const navigate = useNavigate();
  const signIn = () => void navigate({ to: '/sign-in', search: { next: location.pathname + location.search } });
  return (
    <ErrorNotice
      error={error}
      context={{ canSignIn: true }}
      steps={{ retry: onRetry, reload: () => location.reload(), 'sign-in': signIn }}
    />
  );
}
