import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { textsOf, type EndpointTexts } from './endpoint-examples.js';
import type { EndpointSpec } from './endpoints.js';

const ANY_OBJECT = { type: 'object' as const, additionalProperties: true };
const EVENT_STREAM = 'text/event-stream';

/**
 * Describes an endpoint of the pipeline for the OpenAPI document: its body with examples that can be tried, and both
 * kinds of answer where it streams. Errors are the same everywhere and are added to the document as a whole.
 */
export function documentEndpoint(spec: EndpointSpec): MethodDecorator {
  const texts = textsOf(spec.path);
  if (!texts) return applyDecorators(ApiResponse({ status: 200, description: 'The answer.' }));
  return applyDecorators(
    ApiTags(texts.tag),
    ApiOperation({ summary: texts.summary, description: texts.description }),
    ApiConsumes(...(spec.isMultipart === true ? ['multipart/form-data'] : ['application/json'])),
    ApiBody({ required: true, schema: bodySchema(texts), ...bodyExamples(texts) }),
    ApiResponse({ status: 200, description: answerDescription(texts), content: answerContent(texts) }),
  );
}

function bodySchema({ fields, required }: EndpointTexts) {
  const model = { type: 'string', example: 'demo', description: 'Id of a model; GET /v1/models lists them.' };
  return { ...ANY_OBJECT, required: ['model', ...required], properties: { model, ...fields } };
}

function bodyExamples({ requests }: EndpointTexts): { examples?: Record<string, { value: unknown }> } {
  const examples = Object.entries(requests).map(([name, value]) => [name, { value }] as const);
  return examples.length === 0 ? {} : { examples: Object.fromEntries(examples) };
}

function answerDescription({ events }: EndpointTexts): string {
  return events === undefined
    ? 'The answer, as the upstream sent it.'
    : 'The answer, as the upstream sent it: whole, or as events where the body says `stream: true`.';
}

function answerContent({ answer, answerType, events }: EndpointTexts) {
  const bytes = { schema: { type: 'string' as const, format: 'binary' } };
  return {
    ...(answer === undefined ? {} : { 'application/json': { schema: ANY_OBJECT, example: answer } }),
    ...(answerType === undefined ? {} : { [answerType]: bytes }),
    ...(events === undefined ? {} : { [EVENT_STREAM]: { schema: { type: 'string' as const }, example: events } }),
  };
}
