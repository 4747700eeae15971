import { addCredential, outgoingHeaders } from './outgoing-headers.js';
import { outgoingBody } from './outgoing-body.js';
import type { ProviderCall } from './upstream-provider.js';
import type { UpstreamRequest } from './upstream-request.js';

/** The request to an upstream that speaks the client's own format: same path, same bytes, another credential. */
export function compatibleRequest(
  { context, call, target }: ProviderCall,
  forwardHeaders: readonly string[],
  query = target.upstream.query,
): UpstreamRequest {
  const headers = outgoingHeaders(context.request.headers, { contentType: call.contentType, forwardHeaders });
  addCredential(headers, target, call.path);
  return {
    upstream: target.upstream.name,
    method: 'POST',
    url: target.upstream.baseUrl + call.path + query,
    headers,
    body: outgoingBody(call, target),
    isPublicOnly: target.isPublicOnly ?? false,
  };
}
