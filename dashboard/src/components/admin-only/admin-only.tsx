import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { isAdmin, useMe } from '../../lib/me.js';
import { EmptyState } from '../empty-state.js';

/** A page of administrators; to everybody else it is as if there were none. */
export function AdminOnly({ children }: { readonly children: ReactNode }) {
  const me = useMe();
  if (isAdmin(me)) return children;
  return (
    <EmptyState
      title="There is nothing here, or it is not yours to see."
      action={
        <Link to="/usage" search={{}} className="text-accent-text underline underline-offset-2">
          To your own usage
        </Link>
      }
    />
  );
}
