import { filledTextOf, isRecord } from './json-value.js';

/** The one error body of the OpenAI API. `extra` fields stand inside the error object. */
export interface OpenAiErrorBody {
  readonly error: {
    readonly message: string;
    readonly type: string;
    readonly param: string | null;
    readonly code: string | null;
    readonly [extra: string]: unknown;
  };
}

export interface OpenAiErrorFields {
  readonly message: string;
  readonly type: string;
  readonly param?: string | null | undefined;
  readonly code?: string | null | undefined;
  /** Further fields of the error object; they cannot replace the four. */
  readonly extra?: Readonly<Record<string, unknown>> | undefined;
}

/** @see https://platform.openai.com/docs/guides/error-codes */
export function toOpenAiErrorBody({ message, type, param, code, extra }: OpenAiErrorFields): OpenAiErrorBody {
  return { error: { ...extra, message, type, param: param ?? null, code: code ?? null } };
}

/** What an upstream's error says, whatever its shape. */
export interface ReadError {
  readonly message: string;
  readonly type?: string;
  readonly code?: string;
  readonly param?: string | null;
  /** An HTTP status, 400 to 599, that the error names itself. */
  readonly status?: number;
  /** The error object as it came, when it came as an object: Azure's `innererror` and the like are in it. */
  readonly object?: Readonly<Record<string, unknown>>;
}

const NO_MESSAGE = 'The upstream reported an error without a message.';

/**
 * Recognises an error in an answer, an event or an error body: OpenAI's and Azure's `{error: {…}}`, `{error: "text"}`
 * (Ollama), Anthropic's `{type: "error", error: {…}}`, an error event of the Responses API, FastAPI's `{detail}`,
 * `{object: "error", message}` (vLLM, Mistral), `{statusCode, message}` (Azure API Management), and Gemini's list of
 * one error.
 * @returns undefined when it is no error; `"error": null` is none
 */
export function readErrorObject(json: unknown): ReadError | undefined {
  if (!isRecord(json)) return Array.isArray(json) && json.length === 1 ? readErrorObject(json[0]) : undefined;
  const { error, type, object } = json;
  if (isRecord(error)) return fromObject(error, json);
  if (typeof error === 'string' && error !== '') return fromText(error, json);
  if (type === 'error' || object === 'error') return fromObject(json, json);
  if (json['detail'] !== undefined && json['choices'] === undefined) return fromDetail(json['detail']);
  const status = statusOf(json['statusCode']) ?? statusOf(json['status']);
  return status !== undefined && typeof json['message'] === 'string' ? fromObject(json, json) : undefined;
}

function fromObject(error: Record<string, unknown>, outer: Record<string, unknown>): ReadError {
  const { code, param } = error;
  const type = typeOf(error);
  const status = [code, error['status'], error['statusCode'], outer['status'], outer['statusCode']]
    .map(statusOf)
    .find((found) => found !== undefined);
  return {
    message: messageOf(error['message']) ?? messageOf(error['detail']) ?? NO_MESSAGE,
    ...(type !== undefined && { type }),
    // A number is no code but a status.
    ...(typeof code === 'string' && { code }),
    ...((typeof param === 'string' || param === null) && { param }),
    ...(status !== undefined && { status }),
    object: error,
  };
}

/** Google's APIs tell the kind in `status`, as in `RESOURCE_EXHAUSTED`. */
function typeOf({ type, status }: Record<string, unknown>): string | undefined {
  const named = filledTextOf(type);
  if (named !== undefined && named !== 'error') return named;
  return statusOf(status) === undefined ? filledTextOf(status) : undefined;
}

function fromText(error: string, outer: Record<string, unknown>): ReadError {
  const type = filledTextOf(outer['error_type']);
  const status = statusOf(outer['status']) ?? statusOf(outer['statusCode']) ?? statusOf(outer['code']);
  return { message: error, ...(type !== undefined && { type }), ...(status !== undefined && { status }) };
}

function fromDetail(detail: unknown): ReadError | undefined {
  if (isRecord(detail)) return readErrorObject(detail) ?? fromObject(detail, detail);
  const message = messageOf(detail);
  return message === undefined ? undefined : { message };
}

/** A text, or FastAPI's list of what is wrong: `[{loc: ["body", "model"], msg: "field required"}]`. */
function messageOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  if (isRecord(value)) return messageOf(value['message']) ?? messageOf(value['msg']) ?? messageOf(value['detail']);
  if (!Array.isArray(value)) return undefined;
  const problems = value.filter(isRecord).flatMap(({ loc, msg }) => {
    if (typeof msg !== 'string') return [];
    return Array.isArray(loc) ? [`${loc.filter((step) => step !== 'body').join('.')}: ${msg}`] : [msg];
  });
  return problems.length === 0 ? undefined : problems.join('; ');
}

function statusOf(value: unknown): number | undefined {
  const status = typeof value === 'string' && /^[45]\d\d$/.test(value) ? Number(value) : value;
  return typeof status === 'number' && Number.isInteger(status) && status >= 400 && status <= 599 ? status : undefined;
}
