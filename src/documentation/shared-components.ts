import type { ComponentsObject, HeaderObject, ParameterObject, ResponseObject } from '@nestjs/swagger';
import { anthropicErrorType, toAnthropicErrorBody } from '../../libs/anthropic/anthropic-error.js';
import { toOpenAiErrorBody } from '../../libs/openai/openai-error.js';
import { ERROR_CATALOGUE, type DocumentedError, type DocumentedStatus } from './error-catalogue.js';

type Schemas = NonNullable<ComponentsObject['schemas']>;
/** Whose shape an error has: OpenAI's everywhere but on Anthropic's endpoints. */
export type ErrorShape = 'OpenAI' | 'Anthropic';

const TEXT = { type: 'string' } as const;
const NULLABLE_TEXT = { type: 'string', nullable: true } as const;
const EXAMPLE_ID = 'req_0f1e2d3c4b5a69788796a5b4c3d2e1f0';

const SCHEMAS: Schemas = {
  OpenAIError: {
    type: 'object',
    required: ['error'],
    properties: {
      error: {
        type: 'object',
        required: ['message', 'type', 'param', 'code'],
        properties: { message: TEXT, type: TEXT, param: NULLABLE_TEXT, code: NULLABLE_TEXT },
        additionalProperties: true,
      },
    },
  },
  AnthropicError: {
    type: 'object',
    required: ['type', 'error', 'request_id'],
    properties: {
      type: { type: 'string', enum: ['error'] },
      error: { type: 'object', required: ['type', 'message'], properties: { type: TEXT, message: TEXT } },
      request_id: TEXT,
    },
  },
};

const header = (description: string, example: string): HeaderObject => ({ description, schema: TEXT, example });

const HEADERS: Readonly<Record<string, HeaderObject>> = {
  'X-Request-Id': header('The id under which the call can be looked up.', EXAMPLE_ID),
  'X-Error-Source': header('Who is at fault: `gateway` or `upstream`.', 'gateway'),
  'Retry-After': header('Seconds after which it is worth another try.', '1'),
  'WWW-Authenticate': header('How to send the credential.', 'Bearer'),
  Allow: header('The methods that the path takes.', 'POST'),
  'X-RateLimit-Remaining': header('Requests left after this one.', '59'),
  'X-RateLimit-Reset-Ms': header('Milliseconds until the window begins anew.', '42000'),
  'X-Cost-USD': header('What the answer cost; absent where the price is unknown, a trailer on streams.', '0.00012'),
  'X-Gateway-Upstream': header('Name of the upstream that answered.', 'openai'),
  'X-Gateway-Model': header('The model that was served.', 'gpt-4o-mini'),
  'X-Gateway-Attempts': header('Calls made to upstreams for this one.', '1'),
  'Server-Timing': header(
    'The share of the gateway and that of the upstream, ms.',
    'gateway;dur=1.2, upstream;dur=412.0',
  ),
};

const optionalHeader = (name: string, description: string, example: string): ParameterObject => ({
  name,
  in: 'header',
  required: false,
  description,
  schema: TEXT,
  examples: { none: { value: '' }, example: { value: example } },
});

const PARAMETERS: Readonly<Record<string, ParameterObject>> = {
  GatewayTags: optionalHeader('X-Gateway-Tags', 'Tags under which the costs can be read.', 'team=search,env=prod'),
  GatewayNoLog: optionalHeader('X-Gateway-No-Log', '`true`: no text of this request is stored.', 'true'),
  GatewayIncludeCost: optionalHeader('X-Gateway-Include-Cost', '`true`: adds `usage.cost`, USD.', 'true'),
};

/** Headers of the answers of the pipeline. */
export const CALL_HEADERS = [
  'X-Request-Id',
  'X-RateLimit-Remaining',
  'X-RateLimit-Reset-Ms',
  'X-Cost-USD',
  'X-Gateway-Upstream',
  'X-Gateway-Model',
  'X-Gateway-Attempts',
  'Server-Timing',
] as const;

/** Headers that a caller of the pipeline may send. */
export const CALL_PARAMETERS = Object.keys(PARAMETERS);

const HEADERS_OF_STATUS: Readonly<Record<number, readonly string[]>> = {
  401: ['WWW-Authenticate'],
  405: ['Allow'],
  429: ['Retry-After', 'X-RateLimit-Remaining', 'X-RateLimit-Reset-Ms'],
  503: ['Retry-After'],
};

export function headerReferences(names: readonly string[]): Record<string, { $ref: string }> {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}

export function responseName(status: DocumentedStatus, shape: ErrorShape): string {
  return shape === 'OpenAI' ? status.name : `Anthropic${status.name}`;
}

/** What all operations of the document refer to: error bodies, their responses in both shapes, and headers. */
export function sharedComponents(): Required<
  Pick<ComponentsObject, 'schemas' | 'responses' | 'headers' | 'parameters'>
> {
  const shapes: readonly ErrorShape[] = ['OpenAI', 'Anthropic'];
  const responses = shapes.flatMap((shape) =>
    ERROR_CATALOGUE.map((status) => [responseName(status, shape), toResponse(status, shape)] as const),
  );
  const own = shapes.map((shape) => [upstreamErrorName(shape), upstreamError(shape)] as const);
  return {
    schemas: SCHEMAS,
    responses: Object.fromEntries([...responses, ...own]),
    headers: HEADERS,
    parameters: PARAMETERS,
  };
}

/** Name of the shared response for errors that pass through with the upstream's own status. */
export function upstreamErrorName(shape: ErrorShape): string {
  return shape === 'OpenAI' ? 'UpstreamError' : 'AnthropicUpstreamError';
}

function upstreamError(shape: ErrorShape): ResponseObject {
  return {
    description: 'An error of the upstream, with its own status and words. `X-Error-Source` is `upstream`.',
    headers: headerReferences(['X-Request-Id', 'X-Error-Source']),
    content: { 'application/json': { schema: { $ref: `#/components/schemas/${shape}Error` } } },
  };
}

function toResponse({ status, description, errors }: DocumentedStatus, shape: ErrorShape): ResponseObject {
  const examples = errors.map((error) => [error.code, { value: toBody(status, error, shape) }] as const);
  return {
    description,
    headers: headerReferences(['X-Request-Id', 'X-Error-Source', ...(HEADERS_OF_STATUS[status] ?? [])]),
    content: {
      'application/json': {
        schema: { $ref: `#/components/schemas/${shape}Error` },
        examples: Object.fromEntries(examples),
      },
    },
  };
}

function toBody(status: number, { type, code, message, param, extra }: DocumentedError, shape: ErrorShape): unknown {
  if (shape === 'OpenAI') return toOpenAiErrorBody({ type, code, message, param, extra });
  return toAnthropicErrorBody({ type: anthropicErrorType(status, type), message, requestId: EXAMPLE_ID });
}
