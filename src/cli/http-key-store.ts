import type { CreateKey, IssuedKey, KeyRow } from '../../libs/contracts/keys.js';
import type { Page } from '../../libs/contracts/lists.js';
import type { Secret } from '../config/secret.js';
import { CommandFailedError } from './cli-errors.js';
import type { KeyStore } from './key-store.js';

const DEADLINE_MS = 15_000;

/** Keys of a running gateway, by its own API. */
export class HttpKeyStore implements KeyStore {
  readonly place: string;

  constructor(
    private readonly origin: string,
    private readonly adminKey: Secret | undefined,
  ) {
    this.place = `the gateway at ${origin}`;
  }

  create(key: CreateKey): Promise<IssuedKey> {
    return this.call<IssuedKey>('POST', '/api/keys', key);
  }

  list(cursor?: string): Promise<Page<KeyRow>> {
    const after = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    return this.call<Page<KeyRow>>('GET', `/api/keys?limit=1000${after}`);
  }

  disable(id: string): Promise<KeyRow> {
    return this.call<KeyRow>('PATCH', `/api/keys/${encodeURIComponent(id)}`, { disabled: true });
  }

  async close(): Promise<void> {}

  private async call<T>(method: string, path: string, json?: object): Promise<T> {
    const answer = await this.send(method, path, json);
    const body = toJson(await answer.text());
    if (answer.ok) {
      if (body === undefined) throw new CommandFailedError(`${this.place} answers with something that is no JSON.`);
      return body as T;
    }
    if (answer.status === 401 || answer.status === 403) {
      const advice = this.adminKey
        ? 'It does not accept AI_GATEWAY_ADMIN_KEY: set the one that it was started with.'
        : 'Set AI_GATEWAY_ADMIN_KEY to the one that it was started with.';
      throw new CommandFailedError(`${this.place} asks for an administrator. ${advice}`);
    }
    throw new CommandFailedError(messageIn(body) ?? `${this.place} answers with the status ${answer.status}.`);
  }

  private async send(method: string, path: string, json?: object): Promise<Response> {
    const headers: Record<string, string> = { accept: 'application/json' };
    if (this.adminKey) headers.authorization = `Bearer ${this.adminKey.reveal()}`;
    if (json) headers['content-type'] = 'application/json';
    try {
      return await fetch(`${this.origin}${path}`, {
        method,
        headers,
        redirect: 'error',
        signal: AbortSignal.timeout(DEADLINE_MS),
        ...(json ? { body: JSON.stringify(json) } : {}),
      });
    } catch (error) {
      throw new CommandFailedError(`${this.place} does not answer. Check that it runs, and GATEWAY_URL.`, {
        cause: error,
      });
    }
  }
}

function messageIn(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('error' in body)) return undefined;
  const { error } = body;
  return typeof error === 'object' && error !== null && 'message' in error && typeof error.message === 'string'
    ? error.message
    : undefined;
}

/** @returns undefined for what is no JSON: a proxy in between may answer with a page */
function toJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
