import { Agent, request } from 'undici';
import type { GatewayConfig, UpstreamConfig } from '../../config/gateway-config.js';
import { resourceAddress } from '../../proxy/providers/azure/azure-address.js';
import { addCredential } from '../../proxy/providers/outgoing-headers.js';
import type { Finding } from './finding.js';

const DEADLINE_MS = 10_000;
const MAX_LIST_BYTES = 8_388_608;
const topic = 'upstreams';

/** Asks every upstream for its list of models with the gateway's credential, which costs nothing. */
export async function checkUpstreams(config: GatewayConfig): Promise<readonly Finding[]> {
  const agent = new Agent({ connect: { timeout: config.timeouts.connectMs } });
  try {
    return await Promise.all(config.upstreams.map((upstream) => checkUpstream(upstream, config, agent)));
  } finally {
    await agent.destroy();
  }
}

async function checkUpstream(upstream: UpstreamConfig, config: GatewayConfig, agent: Agent): Promise<Finding> {
  const { baseUrl, query } = resourceAddress(upstream);
  const { host } = new URL(baseUrl);
  const headers: Record<string, string> = { accept: 'application/json', 'accept-encoding': 'identity' };
  const value = upstream.credential?.reveal();
  const credential = value === undefined ? undefined : { value, owner: 'gateway' as const };
  addCredential(headers, { upstream, servedModel: '', credential }, '/models');
  try {
    const answer = await request(`${baseUrl}/models${query}`, {
      dispatcher: agent,
      headers,
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    const text = await readBounded(answer.body);
    return found(upstream, config, answer.statusCode, text);
  } catch (error) {
    return mend(upstream, `${host} ${reasonOf(error)}`);
  }
}

function found(upstream: UpstreamConfig, { access }: GatewayConfig, status: number, body: string): Finding {
  const { credentialSource, credential } = upstream;
  if (status === 401 || status === 403) {
    if (credential) return mend(upstream, `refuses ${credentialSource}; set it to a key that is accepted there`);
    const need = `asks for a credential and has none; set AI_GATEWAY_API_KEY or its own key`;
    if (access === 'keys') return mend(upstream, need);
    return note(upstream, `${need}, unless every caller brings one`);
  }
  if (status === 429) return note(upstream, 'is reached, and over its limit at the moment');
  if (status === 404 || status === 405) {
    return note(upstream, `has no list of models at ${upstream.baseUrl}; if calls fail too, correct the base URL`);
  }
  if (status !== 200) return mend(upstream, `answers with the status ${status}`);
  const models = countModels(body);
  if (models === undefined) return mend(upstream, 'answers with no list of models; correct the base URL');
  const by = credential ? `accepts ${credentialSource}` : 'needs no credential';
  return { level: 'ok', topic, text: `${upstream.name} ${by} and lists ${models} models` };
}

function mend({ name }: UpstreamConfig, text: string): Finding {
  return { level: 'mend', topic, text: `${name}: ${text}` };
}

function note({ name }: UpstreamConfig, text: string): Finding {
  return { level: 'note', topic, text: `${name}: ${text}` };
}

function countModels(body: string): number | undefined {
  try {
    const parsed = JSON.parse(body) as { readonly data?: unknown } | null;
    return Array.isArray(parsed?.data) ? parsed.data.length : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The error itself may hold the credential and is not shown. */
function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'is no known host name; correct the base URL';
  if (code === 'ECONNREFUSED') return 'refuses the connection; start it, or correct the base URL';
  if (/CERT|TLS|SSL|SELF_SIGNED/.test(code)) return 'shows a certificate that is not trusted; set NODE_EXTRA_CA_CERTS';
  return `does not answer within ${DEADLINE_MS / 1_000} s or cuts the connection; check the network and the base URL`;
}

async function readBounded(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > MAX_LIST_BYTES) break;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
