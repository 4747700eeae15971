import { canonicalBaseUrl, parseBaseUrl } from '../config/base-url.js';
import type { GatewayConfig, UpstreamConfig } from '../config/gateway-config.js';
import { InvalidUrlError } from '../config/http-url.js';
import { InvalidRequestError } from '../http/request-errors.js';

/** The name of the embedded model: no key goes there. */
const RESERVED = 'demo';

export function upstreamNamed(provider: string, config: GatewayConfig): UpstreamConfig | undefined {
  return config.upstreams.find(({ name }) => name === provider);
}

/** The address of an upstream, as a text that says all of it: what a key is bound to. */
export function addressOf(upstream: UpstreamConfig): string {
  return canonicalBaseUrl(upstream);
}

/**
 * The address that a person may save for a provider: the upstream's own, or one that an administrator has written
 * down, as an upstream or in `AI_GATEWAY_ALLOWED_BASE_URLS`. Nothing else is ever called for them.
 * @param asked what the person wrote; undefined keeps `saved`
 * @throws {InvalidRequestError}
 */
export function allowedAddress(
  provider: string,
  asked: string | undefined,
  saved: string | undefined,
  config: GatewayConfig,
): string {
  const upstream = upstreamNamed(provider, config);
  const wanted = asked === undefined ? saved : normalised(asked);
  if (upstream) {
    if (asked === undefined || wanted === addressOf(upstream) || wanted === upstream.baseUrl)
      return addressOf(upstream);
    throw invalid('baseUrl', `'${provider}' is an upstream of this gateway, and its address cannot be changed`);
  }
  if (provider === RESERVED)
    throw invalid('provider', `'${RESERVED}' is the model inside the gateway and takes no key`);
  if (wanted === undefined)
    throw invalid('baseUrl', `'${provider}' is no upstream of this gateway, so it needs a baseUrl`);
  if (!isAllowed(wanted, config)) {
    throw invalid(
      'baseUrl',
      'This base URL is not allowed here. An administrator can add it to AI_GATEWAY_ALLOWED_BASE_URLS',
    );
  }
  return wanted;
}

/** Whether an address that was saved once may still be called. */
export function isStillAllowed(provider: string, address: string, config: GatewayConfig): boolean {
  const upstream = upstreamNamed(provider, config);
  return upstream ? address === addressOf(upstream) : isAllowed(address, config);
}

function isAllowed(address: string, config: GatewayConfig): boolean {
  return config.allowedBaseUrls.includes(address) || config.upstreams.some((one) => addressOf(one) === address);
}

/** As the configuration writes addresses, so that two spellings of one are the same text. */
function normalised(url: string): string {
  try {
    return canonicalBaseUrl(parseBaseUrl(url));
  } catch (error) {
    if (error instanceof InvalidUrlError) throw invalid('baseUrl', `This baseUrl cannot be used: ${error.message}`);
    throw error;
  }
}

function invalid(param: string, message: string): InvalidRequestError {
  return new InvalidRequestError('invalid_parameter', `${message}.`, param);
}
