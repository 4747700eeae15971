import { Link, useLocation } from '@tanstack/react-router';
import { useMe } from '../../lib/me.js';
import { EmptyState } from '../empty-state.js';

interface NeedsCallerProps {
  /** What would be here: "your calls". */
  readonly what: string;
}

/** In the place of rows, which belong to somebody: leads those who have not said who they are to where they can. */
export function NeedsCaller({ what }: NeedsCallerProps) {
  const me = useMe();
  const { href } = useLocation();
  return (
    <EmptyState
      title={`Sign in${me.signIn ? '' : ' with a key'} to see ${what}.`}
      action={
        <Link
          to="/sign-in"
          search={{ next: href }}
          className="control-h inline-flex items-center rounded-control bg-accent px-3 font-semibold text-on-accent hover:bg-accent-hover"
        >
          Sign in
        </Link>
      }
    >
      {me.access === 'open' && <p>Calls without a key are nobody’s; those with your own key are yours.</p>}
    </EmptyState>
  );
}
