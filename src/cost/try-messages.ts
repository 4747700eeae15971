/** What a try's code means, in a sentence. */
const MESSAGES: Readonly<Record<string, string>> = {
  aborted: 'The call was given up before the upstream had answered.',
  upstream_unreachable: 'The upstream could not be reached.',
  upstream_reset: 'The upstream closed the connection before its answer was whole.',
  upstream_tls_error: 'The connection to the upstream could not be secured.',
  upstream_redirect_refused: 'The upstream answered with a redirect, which is never followed.',
  upstream_bad_response: 'The upstream sent something that cannot be read.',
  upstream_timeout: 'The upstream was too slow.',
  upstream_auth_failed: "The upstream refused the gateway's credential.",
  upstream_stream_truncated: 'The stream ended before the answer was whole.',
  upstream_error: 'The upstream answered with an error.',
  internal_error: 'Something failed inside the gateway.',
};

export function tryMessage(code: string): string {
  return MESSAGES[code] ?? `The upstream answered with ${code}.`;
}
