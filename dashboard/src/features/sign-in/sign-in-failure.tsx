const words: Readonly<Record<string, string>> = {
  access_denied: 'Google was told no. Nothing was shared.',
  email_unverified: 'Google has not verified this address. Verify it there, or choose another account.',
  state_invalid: 'The sign-in took too long, or was begun in another browser. Begin again.',
  provider_failed: 'Google did not answer as it should. Try again in a moment.',
  key_refused: 'The key of this tab is not valid any more. Sign in again; your chats are safe.',
  disabled: 'An administrator has switched this account off.',
};

interface SignInFailureProps {
  readonly code: string;
  readonly domains: readonly string[];
  readonly retryHref: string;
}

/** Why signing in failed, and the way on. */
export function SignInFailure({ code, domains, retryHref }: SignInFailureProps) {
  const allowed = domains.map((domain) => `@${domain}`).join(', ');
  const text =
    code === 'domain_not_allowed'
      ? `Only ${allowed || 'some companies’'} addresses may enter; you chose another.`
      : (words[code] ?? 'The sign-in failed.');
  return (
    <div role="alert" className="flex flex-col gap-2 rounded-control bg-danger-soft p-3 text-control">
      <p>{text}</p>
      {code !== 'disabled' && code !== 'key_refused' && (
        <a
          href={retryHref}
          className="control-h inline-flex items-center self-start rounded-control border border-line-strong bg-surface px-3 hover:bg-hover"
        >
          {code === 'domain_not_allowed' || code === 'email_unverified' ? 'Choose another account' : 'Try again'}
        </a>
      )}
    </div>
  );
}
