import { parseBaseUrl } from './base-url.js';
import type { EnvironmentReader } from './environment-reader.js';
import type { ModelRouteConfig } from './gateway-config.js';
import { InvalidUrlError } from './http-url.js';
import { nearestName } from './nearest-name.js';
import type { UpstreamDirectory } from './upstream-directory.js';

/** One entry of `AI_GATEWAY_MODEL_ROUTES`, cut into its parts. */
export interface ModelRouteParts {
  readonly pattern: string;
  readonly servedModel?: string;
  readonly target: string;
}

const ADDRESS = /^([a-z][a-z0-9-]*\+)?https?:\/\//i;

/**
 * Cuts `modelId:target` or `modelId=servedModel:target` at the last colon that is followed by an address or is
 * followed by nothing but a known name, so that ids with colons (`llama3:8b`) work.
 * @returns undefined when no colon is such a one
 */
export function splitModelRoute(entry: string, isKnownName: (name: string) => boolean): ModelRouteParts | undefined {
  for (let colon = entry.lastIndexOf(':'); colon >= 0; colon = colon === 0 ? -1 : entry.lastIndexOf(':', colon - 1)) {
    const target = entry.slice(colon + 1).trim();
    if (!ADDRESS.test(target) && !isKnownName(target)) continue;
    const [pattern = '', ...served] = entry.slice(0, colon).split('=');
    return {
      pattern: pattern.trim(),
      ...(served.length === 0 ? {} : { servedModel: served.join('=').trim() }),
      target,
    };
  }
  return undefined;
}

/** Reads the routes. A target that is a bare address of no upstream adds one to the directory. */
export function readModelRoutes(reader: EnvironmentReader, directory: UpstreamDirectory): readonly ModelRouteConfig[] {
  const routes = new Map<string, ModelRouteConfig>();
  // Names of upstreams that routes make are no targets: which name such a one gets depends on the others.
  const names = directory.names;
  for (const entry of reader.parts('AI_GATEWAY_MODEL_ROUTES')) {
    const reject = (advice: string) => reader.reject('AI_GATEWAY_MODEL_ROUTES', advice, entry);
    const parts = splitModelRoute(entry, (name) => names.includes(name));
    const advice = parts === undefined ? adviceOnTarget(entry, names) : adviceOnModels(parts, routes);
    if (parts === undefined || advice !== undefined) {
      reject(advice ?? '');
      continue;
    }
    try {
      const upstream = names.includes(parts.target) ? parts.target : directory.nameOf(parseBaseUrl(parts.target));
      const { pattern, servedModel } = parts;
      routes.set(pattern, {
        pattern,
        isGlob: pattern.includes('*'),
        upstream,
        ...(servedModel === undefined ? {} : { servedModel }),
      });
    } catch (error) {
      if (!(error instanceof InvalidUrlError)) throw error;
      reject(error.message);
    }
  }
  return [...routes.values()];
}

function adviceOnTarget(entry: string, names: readonly string[]): string {
  const targets = `a base URL (https://…) or the name of an upstream (${names.join(', ')})`;
  const target = entry.slice(entry.lastIndexOf(':') + 1).trim();
  if (!entry.includes(':') || target === '') return `write modelId:target; the target is ${targets}`;
  if (entry.includes('://'))
    return `write modelId:target; the target is ${targets}, and an address begins with http:// or https://`;
  return `"${target}" is no upstream; write ${targets}. Did you mean ${nearestName(target, names) ?? ''}?`;
}

function adviceOnModels(
  { pattern, servedModel }: ModelRouteParts,
  earlier: ReadonlyMap<string, unknown>,
): string | undefined {
  if (!isModelId(pattern))
    return 'write the model id before the target, without spaces: gpt-4o:https://api.openai.com/v1';
  if (servedModel !== undefined && (!isModelId(servedModel) || servedModel.includes('*'))) {
    return 'write one model id without * after the =, for instance small=gpt-4o-mini:openai, or leave the = out';
  }
  if (earlier.has(pattern)) return `leave it out; ${pattern} has a route already`;
  return undefined;
}

function isModelId(text: string): boolean {
  return /^[^\s\p{Cc}]+$/u.test(text);
}
