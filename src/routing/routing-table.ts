import { globMatches } from '../../libs/pricing/glob.js';
import type { GatewayConfig, ModelRouteConfig, UpstreamConfig } from '../config/gateway-config.js';

/** Where a model id leads by configuration alone. */
export interface RouteMatch {
  readonly rule: string;
  readonly upstream: UpstreamConfig;
  readonly servedModel: string;
}

/** The embedded model as an upstream; it has no address and needs no credential. */
export const DEMO_UPSTREAM: UpstreamConfig = {
  name: 'demo',
  baseUrl: 'demo:',
  query: '',
  kind: 'demo',
  credentialSource: 'none',
  isDefault: false,
};

/** Model ids to upstreams, looked up as contract section "Endpoints" says. */
export class RoutingTable {
  private readonly upstreams: ReadonlyMap<string, UpstreamConfig>;
  private readonly exact = new Map<string, ModelRouteConfig>();
  /** Longest first; of equally long ones the first written wins. */
  private readonly globs: readonly ModelRouteConfig[];

  constructor(private readonly config: GatewayConfig) {
    this.upstreams = new Map(config.upstreams.map((upstream) => [upstream.name, upstream]));
    for (const route of config.routes) if (!route.isGlob) this.exact.set(route.pattern, route);
    this.globs = config.routes
      .filter((route) => route.isGlob)
      .toSorted((one, other) => other.pattern.length - one.pattern.length);
  }

  get defaultUpstream(): UpstreamConfig {
    return this.config.upstreams[0];
  }

  upstreamNamed(name: string): UpstreamConfig | undefined {
    return this.upstreams.get(name);
  }

  /** A route, an upstream's name before a slash, or the demo model; `undefined` leaves it to the default upstream. */
  match(model: string): RouteMatch | undefined {
    return this.matchRoute(model) ?? this.matchPrefix(model) ?? this.matchDemo(model);
  }

  private matchRoute(model: string): RouteMatch | undefined {
    const exact = this.exact.get(model);
    const route = exact ?? this.globs.find(({ pattern }) => globMatches(pattern, model));
    const upstream = route && this.upstreams.get(route.upstream);
    if (!route || !upstream) return undefined;
    const rule = `${exact ? 'exact' : 'glob'}:${route.pattern}`;
    return { rule, upstream, servedModel: route.servedModel ?? model };
  }

  private matchPrefix(model: string): RouteMatch | undefined {
    const slash = model.indexOf('/');
    if (slash <= 0 || slash === model.length - 1) return undefined;
    const upstream = this.upstreams.get(model.slice(0, slash));
    return upstream && { rule: 'upstream', upstream, servedModel: model.slice(slash + 1) };
  }

  private matchDemo(model: string): RouteMatch | undefined {
    const isDemo = this.config.demo && (model === 'demo' || model.startsWith('demo/'));
    return isDemo ? { rule: 'demo', upstream: DEMO_UPSTREAM, servedModel: model } : undefined;
  }
}
