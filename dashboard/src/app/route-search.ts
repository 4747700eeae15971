import type { RequestStatus } from '../../../libs/contracts/prompt-log.js';
import { many, one, oneOf } from '../lib/search-params.js';

/** What each route reads from its URL. Defaults are not written: an absent name means the page's own default. */
type Raw = Record<string, unknown>;

export interface ChatSearch {
  /** A text to begin with, from "Open in chat". */
  readonly model?: string | undefined;
}

export const readChatSearch = (raw: Raw): ChatSearch => ({ model: one(raw['model']) });

export interface CompareSearch {
  /** Two to four model ids. */
  readonly m?: readonly string[] | undefined;
}

export function readCompareSearch(raw: Raw): CompareSearch {
  const models = many(raw['m']).slice(0, 4);
  return { m: models.length > 0 ? models : undefined };
}

const ranges = ['24h', '7d', '30d', '90d', 'custom'] as const;
const usageGroups = ['model', 'key', 'user', 'tag', 'upstream', 'status'] as const;
const metrics = ['spend', 'tokens', 'requests', 'errors', 'speed'] as const;

export type UsageRange = (typeof ranges)[number];
export type UsageGroup = (typeof usageGroups)[number];
export type UsageMetric = (typeof metrics)[number];

export interface UsageSearch {
  readonly range?: UsageRange | undefined;
  /** ISO times, with `range=custom`. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly by?: UsageGroup | undefined;
  readonly metric?: UsageMetric | undefined;
  readonly key?: string | undefined;
  readonly user?: string | undefined;
  readonly tag?: string | undefined;
  readonly model?: string | undefined;
  readonly sort?: string | undefined;
}

export const readUsageSearch = (raw: Raw): UsageSearch => ({
  range: oneOf(raw['range'], ranges),
  from: one(raw['from']),
  to: one(raw['to']),
  by: oneOf(raw['by'], usageGroups),
  metric: oneOf(raw['metric'], metrics),
  key: one(raw['key']),
  user: one(raw['user']),
  tag: one(raw['tag']),
  model: one(raw['model']),
  sort: one(raw['sort']),
});

const statuses: readonly RequestStatus[] = ['ok', 'partial', 'aborted', 'failed', 'rejected', 'unknown'];

export interface RequestsSearch {
  readonly status?: RequestStatus | undefined;
  readonly model?: string | undefined;
  readonly key?: string | undefined;
  readonly user?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** The open record. */
  readonly id?: string | undefined;
}

export const readRequestsSearch = (raw: Raw): RequestsSearch => ({
  status: oneOf(raw['status'], statuses),
  model: one(raw['model']),
  key: one(raw['key']),
  user: one(raw['user']),
  from: one(raw['from']),
  to: one(raw['to']),
  id: one(raw['id']),
});

export interface ConnectSearch {
  readonly key?: string | undefined;
  readonly tool?: string | undefined;
}

export const readConnectSearch = (raw: Raw): ConnectSearch => ({ key: one(raw['key']), tool: one(raw['tool']) });

export interface ModelsSearch {
  readonly tab?: 'upstreams' | undefined;
  /** Text to look for. */
  readonly q?: string | undefined;
  readonly unpriced?: 'only' | undefined;
}

export const readModelsSearch = (raw: Raw): ModelsSearch => ({
  tab: oneOf(raw['tab'], ['upstreams']),
  q: one(raw['q']),
  unpriced: oneOf(raw['unpriced'], ['only']),
});

export interface AuditSearch {
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
}

export const readAuditSearch = (raw: Raw): AuditSearch => ({ actor: one(raw['actor']), action: one(raw['action']) });

export interface SignInSearch {
  /** Where to go afterwards: a path of this dashboard. */
  readonly next?: string | undefined;
  /** Why signing in with Google failed. */
  readonly error?: string | undefined;
}

export const readSignInSearch = (raw: Raw): SignInSearch => ({
  next: ownPath(one(raw['next'])),
  error: one(raw['error']),
});

/** Only a path of this origin: anything else would make the sign-in page send people elsewhere. */
export function ownPath(path: string | undefined): string | undefined {
  return path && /^\/(?![/\\])/.test(path) ? path : undefined;
}
