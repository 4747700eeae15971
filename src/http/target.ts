import type { UpstreamConfig } from '../config/gateway-config.js';

/** A credential chosen for one call, and whose it is: only a refusal of the gateway's own becomes a 502. */
export interface TargetCredential {
  readonly value: string;
  readonly owner: 'client' | 'gateway' | 'person';
  /** The client's own key on Anthropic's road goes on in the header that it came in. */
  readonly clientHeader?: 'authorization' | 'x-api-key' | 'api-key' | undefined;
}

/** Where a call goes: an upstream, the model asked of it, and the credential it gets. */
export interface Target {
  readonly upstream: UpstreamConfig;
  readonly servedModel: string;
  /** Absent: the call goes out without one; a local model needs none. */
  readonly credential?: TargetCredential | undefined;
  /** The base URL was saved by a person: private and local addresses are refused. */
  readonly isPublicOnly?: boolean;
}
