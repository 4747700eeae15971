import { Inject, Injectable, Logger } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { globMatches } from '../../libs/pricing/glob.js';
import { GATEWAY_CONFIG } from '../config/config.module.js';
import type { GatewayConfig, UpstreamConfig } from '../config/gateway-config.js';
import type { Caller } from '../http/caller.js';
import type { Target } from '../http/target.js';
import { RouterService } from '../routing/router.service.js';
import { resourceAddress } from './providers/azure/azure-address.js';
import { collectBody } from './providers/collect-body.js';
import { addCredential } from './providers/outgoing-headers.js';
import type { UpstreamReply } from './providers/upstream-body.js';
import { UpstreamClient } from './providers/upstream-client.js';

/** One entry of `GET /v1/models`, as OpenAI has it; members of the upstream's own pass along. */
export interface ListedModel {
  readonly id: string;
  readonly object: 'model';
  readonly created: number;
  readonly owned_by: string;
  readonly [more: string]: unknown;
}

const FRESH_MS = 60_000;
const LIST_TIMEOUT_MS = 5_000;
const MAX_LIST_BYTES = 8_388_608;
const MAX_LISTS = 500;

/** The models that a caller may use: routes and aliases, the demo model, and what the default upstream lists. */
@Injectable()
export class ModelCatalog {
  private readonly logger = new Logger('models');
  private readonly startedAtSeconds = Math.floor(Date.now() / 1_000);
  /** Last good list by upstream and key; an upstream that is down keeps the one it had. */
  private readonly lists = new LRUCache<string, { readonly atMs: number; readonly models: readonly ListedModel[] }>({
    max: MAX_LISTS,
  });
  private readonly pending = new Map<string, Promise<readonly ListedModel[]>>();

  constructor(
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
    private readonly router: RouterService,
    private readonly client: UpstreamClient,
  ) {}

  async list(caller: Caller): Promise<readonly ListedModel[]> {
    const target = await this.router.routeRaw(caller);
    const upstreams = this.config.strictModels ? [] : await this.listOf(target, caller);
    const models = new Map<string, ListedModel>();
    for (const model of [...this.configured(), ...upstreams]) if (!models.has(model.id)) models.set(model.id, model);
    return [...models.values()].filter(({ id }) => mayUse(caller, id));
  }

  /** What one upstream lists, for those who look after it; empty where it cannot be asked. */
  async listUpstream(upstream: UpstreamConfig, caller: Caller): Promise<readonly ListedModel[]> {
    const own = upstream.credential && { value: upstream.credential.reveal(), owner: 'gateway' as const };
    return this.listOf({ upstream, servedModel: '', credential: own }, { ...caller, keyId: 'gateway' });
  }

  private configured(): ListedModel[] {
    const ids = this.config.routes.filter(({ isGlob }) => !isGlob).map(({ pattern, upstream }) => [pattern, upstream]);
    if (this.config.demo) ids.push(['demo', 'ai-gateway']);
    return ids.map(([id = '', owner = '']) => ({
      id,
      object: 'model',
      created: this.startedAtSeconds,
      owned_by: owner,
    }));
  }

  private async listOf(target: Target, caller: Caller): Promise<readonly ListedModel[]> {
    const owner = target.credential?.owner === 'gateway' ? 'gateway' : caller.keyId;
    const key = `${target.upstream.name} ${owner}`;
    const known = this.lists.get(key);
    if (known && performance.now() - known.atMs < FRESH_MS) return known.models;
    const running = this.pending.get(key) ?? this.refresh(key, target);
    this.pending.set(key, running);
    return running;
  }

  private async refresh(key: string, target: Target): Promise<readonly ListedModel[]> {
    try {
      const models = await this.fetch(target);
      this.lists.set(key, { atMs: performance.now(), models });
      return models;
    } catch (error) {
      // A list is a convenience: callers get what is known, and the same upstream is not asked again at once.
      this.logger.warn({ event: 'model_list_failed', upstream: target.upstream.name, error: messageOf(error) });
      const models = this.lists.get(key)?.models ?? [];
      this.lists.set(key, { atMs: performance.now(), models });
      return models;
    } finally {
      this.pending.delete(key);
    }
  }

  private async fetch(target: Target): Promise<readonly ListedModel[]> {
    const { upstream } = target;
    const { baseUrl, query } = resourceAddress(upstream);
    const headers: Record<string, string> = { accept: 'application/json', 'accept-encoding': 'identity' };
    addCredential(headers, target, '/models');
    const call = this.client.send({
      upstream: upstream.name,
      method: 'GET',
      url: `${baseUrl}/models${query}`,
      headers,
      body: null,
      isPublicOnly: target.isPublicOnly ?? false,
    });
    const timer = setTimeout(() => call.abort(), LIST_TIMEOUT_MS);
    try {
      const reply = await call.reply;
      const body = await whole(reply);
      if (reply.status !== 200) throw new Error(`the list was answered with ${reply.status}`);
      return readModels(JSON.parse(body.toString('utf8')), upstream.name, this.startedAtSeconds);
    } finally {
      clearTimeout(timer);
      call.abort();
    }
  }
}

function whole(reply: UpstreamReply): Promise<Buffer> {
  return new Promise((resolve, reject) =>
    collectBody(reply.body, MAX_LIST_BYTES, ({ bytes, isWhole }) => {
      if (isWhole) resolve(bytes);
      else reject(new Error('the list broke off'));
    }),
  );
}

function readModels(json: unknown, owner: string, created: number): ListedModel[] {
  const data: unknown = typeof json === 'object' && json !== null && 'data' in json ? json.data : undefined;
  if (!Array.isArray(data)) throw new Error('the list has no data');
  return data
    .filter(
      (one: unknown): one is { id: string } =>
        typeof one === 'object' && one !== null && 'id' in one && typeof one.id === 'string',
    )
    .map((one) => ({ created, owned_by: owner, ...one, object: 'model' }));
}

function mayUse(caller: Caller, model: string): boolean {
  return !caller.models || caller.models.some((pattern) => globMatches(pattern, model));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown';
}
