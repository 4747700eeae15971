import { parseJsonBody, requireModel } from '../../libs/openai/json-body.js';
import { readMultipartField } from '../../libs/openai/multipart-body.js';
import type { ModelCall } from '../http/model-call.js';
import { InvalidRequestError, UnsupportedMediaTypeError } from '../http/request-errors.js';
import type { EndpointSpec } from './endpoints.js';

/** Fields of JSON bodies that the gateway reads or splices; each may stand once. */
const READ_FIELDS = ['model', 'stream', 'stream_options'] as const;

/**
 * Checks the type of a body before a byte of it is read.
 * @throws {UnsupportedMediaTypeError}
 */
export function checkContentType(
  contentType: string | undefined,
  encoding: string | undefined,
  spec: EndpointSpec,
): void {
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    throw new UnsupportedMediaTypeError('Send the body without a content-encoding.');
  }
  // As nearly every client sends it; the rest is for the others.
  if (contentType === 'application/json') return;
  const wanted = spec.isMultipart ? 'multipart/form-data or application/json' : 'application/json';
  const [type = '', ...parameters] = (contentType ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  const isJson = type === 'application/json';
  if (!isJson && !(spec.isMultipart === true && type === 'multipart/form-data')) {
    throw new UnsupportedMediaTypeError(`Send the body with content-type: ${wanted}.`);
  }
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))?.slice('charset='.length);
  if (isJson && charset !== undefined && !/^"?utf-?8"?$/.test(charset)) {
    throw new UnsupportedMediaTypeError('Send the JSON body in UTF-8.');
  }
}

/**
 * Reads what the gateway needs of a request: the model, and whether it streams. The bytes stay as they came.
 * @throws {InvalidBodyError} | {InvalidRequestError}
 */
export function readModelCall(bytes: Buffer, contentType: string, spec: EndpointSpec, wantsCost: boolean): ModelCall {
  const { format, upstreamPath: path } = spec;
  if (/^\s*multipart\/form-data/i.test(contentType)) {
    const model = readMultipartField(bytes, contentType, 'model');
    if (!model || model.value === '') {
      throw new InvalidRequestError('invalid_model', "Send 'model' as a form field, the id of a model.", 'model');
    }
    const isStream = readMultipartField(bytes, contentType, 'stream')?.value === 'true';
    const fields = { model: model.value };
    return {
      format,
      path,
      model: model.value,
      isStream,
      wantsUsage: true,
      bytes,
      contentType,
      fields,
      multipartModel: model.span,
    };
  }
  const json = parseJsonBody(bytes, READ_FIELDS);
  const { fields } = json;
  // Speech streams bytes unless events are asked for, whatever `stream` says.
  const isStream = fields.stream === true || (format === 'audio' && fields.stream_format === 'sse');
  return {
    format,
    path,
    model: requireModel(json),
    isStream,
    wantsUsage: wantsCost || asksForUsage(fields.stream_options),
    bytes,
    contentType,
    fields,
    json,
  };
}

function asksForUsage(streamOptions: unknown): boolean {
  return typeof streamOptions === 'object' && streamOptions !== null && 'include_usage' in streamOptions
    ? streamOptions.include_usage === true
    : false;
}
