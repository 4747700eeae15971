import { createHash } from 'node:crypto';
import { type Answer, jsonAnswer } from './answer.js';
import type { SimulatorRequest } from './simulator-request.js';

/** Says what arrived, for tests of what passes through. A `HEAD` or `?status=204` gets no body. */
export function echoAnswer({ method, url, query, headers, rawHeaders, body }: SimulatorRequest): Answer {
  const sha256 = createHash('sha256').update(body).digest('hex');
  const status = Number(query.get('status') ?? 200);
  return jsonAnswer({ method, url, headers, rawHeaders, body: { sha256, length: body.length } }, status);
}
