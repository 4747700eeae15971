import { Link } from '@tanstack/react-router';
import { EmptyState } from '../components/empty-state.js';

export function NotFound() {
  return (
    <EmptyState
      title="There is nothing here, or it is not yours to see."
      action={
        <Link to="/chat/{-$id}" params={{ id: undefined }} className="text-accent-text underline underline-offset-2">
          To the chat
        </Link>
      }
    />
  );
}
