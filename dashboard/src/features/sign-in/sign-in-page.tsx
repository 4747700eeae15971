import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { ErrorNotice } from '../../components/error-notice.js';
import { KeyField } from '../../components/key-field.js';
import { Loading, Skeleton } from '../../components/skeleton.js';
import { meQuery, mustSignIn } from '../../lib/me.js';
import { usePageTitle } from '../../lib/use-page-title.js';
import { SignInFailure } from './sign-in-failure.js';
import { signInWithKey } from './sign-in-with-key.js';

const route = getRouteApi('/sign-in');

/** Google where it is configured, or a key; then back to where the reader was going. */
export function SignInPage() {
  usePageTitle('Sign in');
  const { next, error } = route.useSearch();
  const { data: me, error: loadError, isPending, refetch } = useQuery(meQuery);
  const [refusal, setRefusal] = useState<unknown>(null);
  const queryClient = useQueryClient();
  const router = useRouter();
  const enter = async (key: string) => {
    setRefusal(null);
    try {
      await signInWithKey(key);
      queryClient.clear();
      await queryClient.fetchQuery(meQuery);
      router.history.push(next ?? '/chat');
    } catch (failure) {
      setRefusal(failure);
    }
  };
  const google = `/auth/google${next ? `?next=${encodeURIComponent(next)}` : ''}`;
  return (
    <div className="flex min-h-full items-center justify-center p-4">
      <div className="flex w-full max-w-90 flex-col gap-4 rounded-dialog border border-line bg-surface p-6 shadow-low">
        <h1 className="text-title">AI Gateway</h1>
        {error && <SignInFailure code={error} domains={me?.allowedDomains ?? []} retryHref={google} />}
        {isPending && (
          <Loading>
            <Skeleton className="h-9" />
          </Loading>
        )}
        {loadError && (
          <ErrorNotice error={loadError} steps={{ retry: () => void refetch(), reload: () => location.reload() }} />
        )}
        {me?.signIn && (
          <>
            <a
              href={google}
              className="control-h inline-flex items-center justify-center rounded-control bg-accent px-3 font-semibold text-on-accent hover:bg-accent-hover"
            >
              Continue with Google
            </a>
            {me.allowedDomains && me.allowedDomains.length > 0 && (
              <p className="text-center text-meta text-ink-2">
                Only {me.allowedDomains.map((domain) => `@${domain}`).join(', ')}
              </p>
            )}
            <div className="flex items-center gap-3 text-meta text-ink-3">
              <span aria-hidden className="h-px flex-1 bg-line" />
              or
              <span aria-hidden className="h-px flex-1 bg-line" />
            </div>
          </>
        )}
        <KeyField
          label="Key"
          hint="gw-… or the admin key. Kept for this tab only."
          provider={null}
          saveLabel="Sign in"
          onSave={(key) => void enter(key)}
        />
        {refusal !== null && <ErrorNotice error={refusal} steps={{}} metAtMs={Date.now()} />}
        {me && !mustSignIn(me) && (
          <p className="text-meta text-ink-2">
            <a href={next ?? '/chat'} className="text-accent-text underline underline-offset-2">
              Go on without signing in
            </a>
          </p>
        )}
      </div>
    </div>
  );
}
