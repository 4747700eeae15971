import { request, type Dispatcher } from 'undici';
import type { GoogleConfig } from '../config/gateway-config.js';
import { SignInFailure } from './sign-in-failure.js';

const DEADLINE_MS = 10_000;
const MAX_ANSWER_BYTES = 256 * 1_024;

/**
 * The two calls of a sign-in, token and user info. The client inside passport has neither a timeout nor a size limit,
 * and an answer that is no JSON object ends the process there.
 */
export class IdentityProviderClient {
  constructor(
    private readonly google: GoogleConfig,
    private readonly deadlineMs = DEADLINE_MS,
  ) {}

  /** Trades the code for tokens. */
  token(code: string, parameters: Readonly<Record<string, string>>): Promise<Record<string, unknown>> {
    const { clientId, clientSecret, tokenUrl } = this.google;
    const form = new URLSearchParams({
      ...parameters,
      code,
      client_id: clientId,
      client_secret: clientSecret.reveal(),
    });
    const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' };
    return this.exchange(tokenUrl, { method: 'POST', headers, body: form.toString() });
  }

  userInfo(accessToken: string): Promise<Record<string, unknown>> {
    const headers = { authorization: `Bearer ${accessToken}`, accept: 'application/json' };
    return this.exchange(this.google.userinfoUrl, { method: 'GET', headers });
  }

  private async exchange(
    url: string,
    options: Pick<Dispatcher.RequestOptions, 'method' | 'headers' | 'body'>,
  ): Promise<Record<string, unknown>> {
    try {
      const answer = await request(url, { ...options, signal: AbortSignal.timeout(this.deadlineMs) });
      const text = await readBounded(answer.body);
      if (answer.statusCode !== 200) throw new Error(`answered ${answer.statusCode}`);
      const parsed: unknown = JSON.parse(text);
      if (typeof parsed !== 'object' || parsed === null) throw new Error('answered no JSON object');
      return parsed as Record<string, unknown>;
    } catch (error) {
      throw new SignInFailure('provider_failed', error);
    }
  }
}

async function readBounded(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > MAX_ANSWER_BYTES) throw new Error('answered too much');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
