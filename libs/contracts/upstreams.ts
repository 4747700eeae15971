import type { Page } from './lists.js';

export type UpstreamHealth = 'ok' | 'slow' | 'failing' | 'unknown' | (string & {});

/** Which secret an upstream is called with; never the secret. */
export type CredentialSource = string | null;

export interface UpstreamRow {
  readonly name: string;
  readonly baseUrl: string;
  /** Routes and model ids that lead here. */
  readonly models: readonly string[];
  readonly health: UpstreamHealth;
  /** Share of failed calls in the last five minutes, 0–1; `null` without calls. */
  readonly errorRate: number | null;
  readonly p50Ms: number | null;
  readonly inFlight: number;
  readonly credentialSource: CredentialSource;
}

export type UpstreamList = Page<UpstreamRow>;
