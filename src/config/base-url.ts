import { InvalidUrlError, parseHttpUrl, plainAddress } from './http-url.js';

/** Where an upstream is and how it is spoken to, as read from one text. */
export interface BaseUrl {
  /** Without query and trailing slash: `https://api.openai.com/v1` */
  readonly baseUrl: string;
  /** Empty, or a query with its question mark: `?api-version=2024-10-21` */
  readonly query: string;
  /** Name of the provider: `openai`, `azure`, or what stands before the `+` of `name+https://…` */
  readonly kind: string;
  /** Host with port, when it is not the default one: `localhost:8080` */
  readonly host: string;
  /** Deployment name of a classic Azure address, which ends in `/openai/deployments/<name>`. */
  readonly azureDeployment?: string;
}

const AZURE_DOMAINS = ['.openai.azure.com', '.cognitiveservices.azure.com', '.services.ai.azure.com'];

const KIND_PREFIX = /^([a-z][a-z0-9-]*)\+(?=https?:\/\/)/i;

const CLASSIC_AZURE_PATH = /\/openai\/deployments\/([^/]+)$/;

/**
 * Reads the base URL of an upstream: `https://host/v1`, `https://host/v1?api-version=preview`, `azure+http://host/v1`.
 * @throws {InvalidUrlError} with the advice as its message
 */
export function parseBaseUrl(text: string): BaseUrl {
  const prefix = KIND_PREFIX.exec(text);
  const url = parseHttpUrl(prefix === null ? text : text.slice(prefix[0].length));
  const baseUrl = plainAddress(url);
  if (/\/chat\/completions$/i.test(baseUrl)) {
    throw new InvalidUrlError('leave /chat/completions out; the gateway adds the path of each endpoint');
  }
  const kind = prefix?.[1]?.toLowerCase() ?? (isAzureHost(url.hostname) ? 'azure' : 'openai');
  const azureDeployment = kind === 'azure' ? CLASSIC_AZURE_PATH.exec(baseUrl)?.[1] : undefined;
  return {
    baseUrl,
    query: url.search,
    kind,
    host: url.host,
    ...(azureDeployment === undefined ? {} : { azureDeployment }),
  };
}

/** The shortest text that `parseBaseUrl` reads as the same; two texts for one upstream give one canonical text. */
export function canonicalBaseUrl({ baseUrl, query, kind }: Pick<BaseUrl, 'baseUrl' | 'query' | 'kind'>): string {
  const byItself = isAzureHost(new URL(baseUrl).hostname) ? 'azure' : 'openai';
  return `${kind === byItself ? '' : `${kind}+`}${baseUrl}${query}`;
}

/** True for OpenAI's own hosts, regional ones included. */
export function isOpenAiHost(host: string): boolean {
  return host === 'api.openai.com' || host.endsWith('.api.openai.com');
}

function isAzureHost(hostname: string): boolean {
  return AZURE_DOMAINS.some((domain) => hostname.endsWith(domain));
}
