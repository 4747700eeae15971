import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Agent, request } from 'undici';
import { parseBaseUrl } from '../config/base-url.js';
import { GATEWAY_CONFIG } from '../config/config.module.js';
import type { GatewayConfig } from '../config/gateway-config.js';
import { NotFoundError } from '../http/request-errors.js';
import { mustBePublic, publicAgent } from '../http/public-agent.js';
import { addressOf, upstreamNamed } from './credential-address.js';
import { errorCode } from './error-code.js';
import { SavedCredentialsService } from './saved-credentials.service.js';

const DEADLINE_MS = 10_000;
const MAX_ANSWER_BYTES = 4 * 1_024 * 1_024;

/** What trying a saved credential has shown, in words for its owner. */
export interface ProbeResult {
  readonly ok: boolean;
  readonly message: string;
  /** Number of models that the provider lists. */
  readonly models: number | null;
}

/** Tries a saved credential: asks the provider for its list of models, which costs nothing. */
@Injectable()
export class CredentialProbe implements OnModuleDestroy {
  private readonly configured: Agent;
  private readonly publicOnly: Agent;

  constructor(
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
    private readonly credentials: SavedCredentialsService,
  ) {
    this.configured = new Agent({ connect: { timeout: config.timeouts.connectMs } });
    this.publicOnly = publicAgent(config.timeouts.connectMs);
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all([this.configured.destroy(), this.publicOnly.destroy()]);
  }

  /** @throws {NotFoundError} when the person has saved nothing for this provider */
  async probe(userId: string, provider: string): Promise<ProbeResult> {
    const saved = await this.credentials.credentialFor(userId, provider);
    if (!saved) throw new NotFoundError(`You have nothing saved for '${provider.slice(0, 64)}' that may be called.`);
    const upstream = upstreamNamed(provider, this.config);
    if (upstream && saved.apiKey === undefined) return failed('No key is saved for it; the gateway uses its own.');
    const address = saved.baseUrl ?? (upstream && addressOf(upstream)) ?? '';
    const isPublicOnly = saved.baseUrl !== undefined && mustBePublic(parseBaseUrl(address).baseUrl);
    return this.listModels(address, saved.apiKey, isPublicOnly ? this.publicOnly : this.configured);
  }

  private async listModels(address: string, apiKey: string | undefined, dispatcher: Agent): Promise<ProbeResult> {
    const { baseUrl, query, kind } = parseBaseUrl(address);
    const host = new URL(baseUrl).host;
    try {
      const answer = await request(`${baseUrl}/models${query}`, {
        dispatcher,
        headers: { accept: 'application/json', 'accept-encoding': 'identity', ...credentialHeaders(kind, apiKey) },
        signal: AbortSignal.timeout(DEADLINE_MS),
      });
      return resultOf(answer.statusCode, await readBounded(answer.body), host);
    } catch (error) {
      return failed(`${host} ${reasonOf(error)}`);
    }
  }
}

function credentialHeaders(kind: string, apiKey: string | undefined): Record<string, string> {
  if (apiKey === undefined) return {};
  if (kind === 'azure') return { 'api-key': apiKey };
  if (kind === 'anthropic') return { 'x-api-key': apiKey, 'anthropic-version': '2023-06-01' };
  return { authorization: `Bearer ${apiKey}` };
}

function resultOf(status: number, body: string, host: string): ProbeResult {
  if (status === 401 || status === 403) return failed(`${host} does not accept this key.`);
  if (status >= 300 && status < 400) return failed(`${host} answers with a redirect, which the gateway never follows.`);
  if (status === 404) return failed(`${host} has no list of models at this address. Check the base URL.`);
  if (status === 429) return failed(`${host} knows this key and is over its limit at the moment.`);
  if (status !== 200) return failed(`${host} answers with the status ${status}.`);
  const models = countModels(body);
  if (models === null) return failed(`${host} answers with something that is no list of models. Check the base URL.`);
  return { ok: true, message: `${host} accepts this key.`, models };
}

function countModels(body: string): number | null {
  try {
    const parsed = JSON.parse(body) as { readonly data?: unknown } | null;
    return Array.isArray(parsed?.data) ? parsed.data.length : null;
  } catch {
    // No JSON at all: an address of something else.
    return null;
  }
}

/** Says what went wrong in a person's words; the error itself may hold the key and goes nowhere. */
function reasonOf(error: unknown): string {
  const codes = codesOf(error);
  if (codes.includes('ADDRESS_REFUSED'))
    return 'leads to a private address, which the gateway does not call for people.';
  if (codes.includes('ENOTFOUND') || codes.includes('EAI_AGAIN')) return 'is not a known host name.';
  if (codes.includes('ECONNREFUSED')) return 'refuses the connection: nothing listens there.';
  if (codes.some((code) => /CERT|TLS|SSL|SELF_SIGNED/.test(code))) return 'shows a certificate that is not trusted.';
  if (codes.some((code) => /TIMEOUT|ABORT/i.test(code))) return `did not answer within ${DEADLINE_MS / 1_000} s.`;
  return 'cannot be reached.';
}

/** Codes and names of an error and its causes. */
function codesOf(error: unknown): string[] {
  const codes: string[] = [];
  for (let one = error; typeof one === 'object' && one !== null; one = 'cause' in one ? one.cause : undefined) {
    codes.push(errorCode(one), 'name' in one ? String(one.name) : '');
  }
  return codes;
}

async function readBounded(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > MAX_ANSWER_BYTES) break;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function failed(message: string): ProbeResult {
  return { ok: false, message, models: null };
}
