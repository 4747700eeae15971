import type { UpstreamConfig } from '../../../config/gateway-config.js';

/** Last generally available version of the classic address, which refuses calls without one; v1 needs none. */
const CLASSIC_API_VERSION = '2024-10-21';

export interface AddressParts {
  readonly baseUrl: string;
  /** Empty, or with its question mark. */
  readonly query: string;
}

/** Where calls that name a model go. */
export function modelAddress({ baseUrl, query, azureDeployment }: UpstreamConfig): AddressParts {
  if (azureDeployment === undefined || /[?&]api-version=/.test(query)) return { baseUrl, query };
  return { baseUrl, query: `${query === '' ? '?' : `${query}&`}api-version=${CLASSIC_API_VERSION}` };
}

/** Where everything else goes: on Azure's classic address files, batches and models stand beside the deployments. */
export function resourceAddress(upstream: UpstreamConfig): AddressParts {
  const { baseUrl, query } = modelAddress(upstream);
  if (upstream.azureDeployment === undefined) return { baseUrl, query };
  return { baseUrl: baseUrl.replace(/\/deployments\/[^/]+$/, ''), query };
}
