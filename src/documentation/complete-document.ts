import type { OpenAPIObject, OperationObject, ParameterObject, PathItemObject } from '@nestjs/swagger';
import { ERROR_CATALOGUE } from './error-catalogue.js';
import {
  CALL_HEADERS,
  CALL_PARAMETERS,
  headerReferences,
  responseName,
  sharedComponents,
  upstreamErrorName,
  type ErrorShape,
} from './shared-components.js';

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;
type Method = (typeof METHODS)[number];

/** Errors that a caller without a body, a model or an upstream can meet. */
const OPEN_STATUSES: readonly number[] = [405, 431];
const READ_STATUSES: readonly number[] = [400, 401, 403, 404, 405, 431];
const WRITE_STATUSES: readonly number[] = [...READ_STATUSES, 408, 413, 415];
const CALL_STATUSES: readonly number[] = ERROR_CATALOGUE.map(({ status }) => status);

/** Adds to every operation what all of its kind have: errors, headers, credentials. */
export function completeDocument(document: OpenAPIObject): OpenAPIObject {
  const shared = sharedComponents();
  const { components = {} } = document;
  return {
    ...document,
    paths: Object.fromEntries(Object.entries(document.paths).map(([path, item]) => [path, completePath(path, item)])),
    components: {
      ...components,
      schemas: { ...components.schemas, ...shared.schemas },
      responses: { ...components.responses, ...shared.responses },
      headers: { ...components.headers, ...shared.headers },
      parameters: { ...components.parameters, ...shared.parameters },
    },
  };
}

function completePath(path: string, item: PathItemObject): PathItemObject {
  const completed: PathItemObject = { ...item };
  for (const method of METHODS) {
    const operation = item[method];
    if (operation) completed[method] = completeOperation(path, method, operation);
  }
  return completed;
}

function completeOperation(path: string, method: Method, operation: OperationObject): OperationObject {
  const isCall = path.startsWith('/v1/');
  const shape: ErrorShape = path.startsWith('/v1/messages') ? 'Anthropic' : 'OpenAI';
  const statuses = isCall ? CALL_STATUSES : statusesOf(path, method);
  const errors = ERROR_CATALOGUE.filter(({ status }) => statuses.includes(status)).map(
    (status) => [String(status.status), { $ref: `#/components/responses/${responseName(status, shape)}` }] as const,
  );
  const completed = {
    ...operation,
    parameters: [...(operation.parameters ?? []), ...missingParameters(path, operation)],
    responses: { ...Object.fromEntries(errors), ...operation.responses },
  };
  if (isOpen(path)) return { ...completed, security: [] };
  return isCall ? asCall(completed, method, shape) : completed;
}

/** A placeholder that may hold slashes, a model id's for one, is not described by the framework. */
function missingParameters(path: string, { parameters = [] }: OperationObject): ParameterObject[] {
  const described = parameters.flatMap((one) => ('name' in one && one.in === 'path' ? [one.name] : []));
  return [...path.matchAll(/\{([^}]+)\}/g)]
    .map(([, name = '']) => name)
    .filter((name) => !described.includes(name))
    .map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
}

function statusesOf(path: string, method: Method): readonly number[] {
  if (isOpen(path)) return OPEN_STATUSES;
  return method === 'get' ? READ_STATUSES : WRITE_STATUSES;
}

function isOpen(path: string): boolean {
  return path.startsWith('/health') || path.startsWith('/auth/');
}

function asCall(operation: OperationObject, method: Method, shape: ErrorShape): OperationObject {
  const { responses, parameters = [] } = operation;
  const answer = responses['200'];
  const described = answer && !('$ref' in answer) ? { ...answer, headers: headerReferences(CALL_HEADERS) } : answer;
  const sent = method === 'post' ? CALL_PARAMETERS.map((name) => ({ $ref: `#/components/parameters/${name}` })) : [];
  return {
    ...operation,
    parameters: [...parameters, ...sent],
    responses: {
      ...responses,
      ...(described ? { '200': described } : {}),
      default: { $ref: `#/components/responses/${upstreamErrorName(shape)}` },
    },
  };
}
