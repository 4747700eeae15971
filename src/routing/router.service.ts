import { Inject, Injectable } from '@nestjs/common';
import { GATEWAY_CONFIG } from '../config/config.module.js';
import { parseBaseUrl } from '../config/base-url.js';
import type { GatewayConfig, UpstreamConfig } from '../config/gateway-config.js';
import { globMatches } from '../../libs/pricing/glob.js';
import type { Caller } from '../http/caller.js';
import type { RouteDecision } from '../http/request-context.js';
import { ModelNotAllowedError, ModelNotFoundError } from '../http/request-errors.js';
import { mustBePublic } from '../http/public-agent.js';
import { SavedCredentials, type SavedCredential } from '../http/saved-credentials.js';
import type { Target, TargetCredential } from '../http/target.js';
import { RoutingTable, type RouteMatch } from './routing-table.js';

export interface Routing {
  readonly decision: RouteDecision;
  readonly target: Target;
}

/** Decides for each call which upstream serves it, as which model, and with whose credential. */
@Injectable()
export class RouterService {
  readonly table: RoutingTable;

  constructor(
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
    @Inject(SavedCredentials) private readonly saved: SavedCredentials,
  ) {
    this.table = new RoutingTable(config);
  }

  /**
   * Synchronous unless a person's saved credentials must be opened.
   * @throws {ModelNotAllowedError} the caller's key does not cover the model
   * @throws {ModelNotFoundError} under strict routes, for an id without one
   */
  route(model: string, caller: Caller): Routing | Promise<Routing> {
    if (caller.models && !caller.models.some((pattern) => globMatches(pattern, model))) {
      throw new ModelNotAllowedError(model);
    }
    const match = this.table.match(model);
    const { userId } = caller;
    // The personal road: what a signed-in person saved comes before the gateway's own credential.
    if (userId !== undefined && caller.credential === undefined && match?.rule !== 'demo') {
      return this.routePerson(model, caller, userId, match);
    }
    return this.toRouting(model, match ?? this.defaultMatch(model), this.ownCredential(caller));
  }

  /** The raw road leads to the default upstream, whatever it asks. */
  async routeRaw(caller: Caller): Promise<Target> {
    const upstream = this.table.defaultUpstream;
    const saved =
      caller.userId === undefined || caller.credential
        ? undefined
        : await this.saved.credentialFor(caller.userId, upstream.name);
    return this.toTarget(upstream, '', savedCredential(saved) ?? this.ownCredential(caller));
  }

  private async routePerson(
    model: string,
    caller: Caller,
    userId: string,
    match: RouteMatch | undefined,
  ): Promise<Routing> {
    if (match) {
      const saved = await this.saved.credentialFor(userId, match.upstream.name);
      return this.toRouting(model, match, savedCredential(saved) ?? this.ownCredential(caller));
    }
    const own = await this.ownProvider(model, userId);
    if (own) return own;
    const fallback = this.defaultMatch(model);
    const saved = await this.saved.credentialFor(userId, fallback.upstream.name);
    return this.toRouting(model, fallback, savedCredential(saved) ?? this.ownCredential(caller));
  }

  /** `<provider>/<model>` of a provider that the person named, or the person's default for ids without a route. */
  private async ownProvider(model: string, userId: string): Promise<Routing | undefined> {
    const slash = model.indexOf('/');
    const named = slash > 0 ? await this.saved.credentialFor(userId, model.slice(0, slash)) : undefined;
    const saved = named ?? (await this.saved.defaultFor(userId));
    if (!saved) return undefined;
    const servedModel = named ? model.slice(slash + 1) : model;
    const upstream = this.upstreamOf(saved);
    if (!upstream) return undefined;
    const isPublicOnly =
      saved.baseUrl !== undefined && !this.isUpstreams(upstream.baseUrl) && mustBePublic(upstream.baseUrl);
    const match = { rule: 'saved-credential', upstream, servedModel };
    return this.toRouting(model, match, savedCredential(saved), isPublicOnly);
  }

  private upstreamOf(saved: SavedCredential): UpstreamConfig | undefined {
    if (saved.baseUrl === undefined) return this.table.upstreamNamed(saved.provider);
    const { host: _host, ...address } = parseBaseUrl(saved.baseUrl);
    return { ...address, name: saved.provider, credentialSource: 'none', isDefault: false };
  }

  /** The administrator configured that very address, private or not. */
  private isUpstreams(baseUrl: string): boolean {
    return this.config.upstreams.some((upstream) => upstream.baseUrl === baseUrl);
  }

  private defaultMatch(model: string): RouteMatch {
    if (this.config.strictModels) throw new ModelNotFoundError(model);
    return { rule: 'default', upstream: this.table.defaultUpstream, servedModel: model };
  }

  private ownCredential(caller: Caller): TargetCredential | undefined {
    const { credential } = caller;
    return credential && { value: credential.value, owner: 'client', clientHeader: credential.header };
  }

  private toRouting(
    requestedModel: string,
    { rule, upstream, servedModel }: RouteMatch,
    credential: TargetCredential | undefined,
    isPublicOnly = false,
  ): Routing {
    return {
      decision: { requestedModel, rule, upstream: upstream.name, servedModel },
      target: this.toTarget(upstream, servedModel, credential, isPublicOnly),
    };
  }

  private toTarget(
    upstream: UpstreamConfig,
    servedModel: string,
    credential: TargetCredential | undefined,
    isPublicOnly = false,
  ): Target {
    const own = upstream.credential && { value: upstream.credential.reveal(), owner: 'gateway' as const };
    return { upstream, servedModel, credential: credential ?? own, isPublicOnly };
  }
}

function savedCredential(saved: SavedCredential | undefined): TargetCredential | undefined {
  return saved?.apiKey === undefined ? undefined : { value: saved.apiKey, owner: 'person' };
}
