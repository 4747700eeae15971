import type { MODEL_ENDPOINTS } from './endpoints.js';

type ModelPath = (typeof MODEL_ENDPOINTS)[keyof typeof MODEL_ENDPOINTS]['path'];

/** What the documentation says of one endpoint. */
export interface EndpointTexts {
  readonly tag: string;
  readonly summary: string;
  readonly description: string;
  /** Fields of the body beside `model` that most callers send; all others pass through. */
  readonly fields: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly required: readonly string[];
  /** Bodies by name; those of the model `demo` are answered without any upstream. */
  readonly requests: Readonly<Record<string, unknown>>;
  /** Body of an answer. Absent: the answer is bytes. */
  readonly answer?: unknown;
  /** Media type of an answer that is bytes. */
  readonly answerType?: string;
  /** Events of an answer to `stream: true`. Absent: the endpoint does not stream. */
  readonly events?: string;
}

const STREAM = { type: 'boolean', default: false, description: 'Send the answer as server-sent events.' };
const MESSAGES = { type: 'array', items: { type: 'object', additionalProperties: true } };
const HI = [{ role: 'user', content: 'Hi! Show me some Markdown.' }];
const PASSES = 'Fields that are not listed here pass to the upstream unchanged.';
const USAGE = { prompt_tokens: 12, completion_tokens: 3, total_tokens: 15 };
const FILE = { type: 'string', format: 'binary' };
const ELSEWHERE = 'The embedded demo model does not offer it: name a model of a configured upstream.';

const chunk = (choices: string): string =>
  `data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1795507200,"model":"demo","choices":[${choices}]}`;
const events = (...lines: readonly string[]): string => `${lines.join('\n\n')}\n\n`;

/** All texts and examples by path. */
export const ENDPOINT_TEXTS: Readonly<Record<ModelPath, EndpointTexts>> = {
  '/v1/chat/completions': {
    tag: 'Chat',
    summary: 'Answer a chat',
    description: `OpenAI's chat completions, buffered or streamed. ${PASSES}`,
    fields: { messages: MESSAGES, stream: STREAM, tools: MESSAGES, max_tokens: { type: 'integer' } },
    required: ['messages'],
    requests: {
      buffered: { model: 'demo', messages: HI },
      streamed: { model: 'demo', stream: true, messages: HI },
    },
    answer: {
      id: 'chatcmpl-1',
      object: 'chat.completion',
      created: 1_795_507_200,
      model: 'demo',
      choices: [{ index: 0, message: { role: 'assistant', content: 'Hello.' }, finish_reason: 'stop' }],
      usage: USAGE,
    },
    events: events(
      chunk('{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}'),
      chunk('{"index":0,"delta":{"content":"Hello."},"finish_reason":null}'),
      chunk('{"index":0,"delta":{},"finish_reason":"stop"}'),
      'data: [DONE]',
    ),
  },
  '/v1/completions': {
    tag: 'Chat',
    summary: 'Complete a text',
    description: `OpenAI's older text completions. ${PASSES}`,
    fields: { prompt: { type: 'string' }, stream: STREAM, max_tokens: { type: 'integer' } },
    required: ['prompt'],
    requests: {
      buffered: { model: 'demo', prompt: 'Once upon a time', max_tokens: 40 },
      streamed: { model: 'demo', prompt: 'Once upon a time', max_tokens: 40, stream: true },
    },
    answer: {
      id: 'cmpl-1',
      object: 'text_completion',
      created: 1_795_507_200,
      model: 'demo',
      choices: [{ index: 0, text: ' there was a gateway.', logprobs: null, finish_reason: 'stop' }],
      usage: USAGE,
    },
    events: events(
      'data: {"id":"cmpl-1","object":"text_completion","model":"demo","choices":[{"index":0,"text":" there","finish_reason":null}]}',
      'data: [DONE]',
    ),
  },
  '/v1/responses': {
    tag: 'Chat',
    summary: 'Create a response',
    description: `OpenAI's responses. A stream has no [DONE]; its last event says how it ended. ${PASSES}`,
    fields: { input: { type: 'string' }, stream: STREAM, max_output_tokens: { type: 'integer' } },
    required: ['input'],
    requests: {
      buffered: { model: 'demo', input: 'Say hello.' },
      streamed: { model: 'demo', input: 'Say hello.', stream: true },
    },
    answer: {
      id: 'resp_1',
      object: 'response',
      status: 'completed',
      model: 'demo',
      output: [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Hello.' }] }],
      usage: { input_tokens: 12, output_tokens: 3, total_tokens: 15 },
    },
    events: events(
      'event: response.created\ndata: {"type":"response.created","sequence_number":0,"response":{"id":"resp_1","status":"in_progress"}}',
      'event: response.output_text.delta\ndata: {"type":"response.output_text.delta","sequence_number":1,"delta":"Hello."}',
      'event: response.completed\ndata: {"type":"response.completed","sequence_number":2,"response":{"id":"resp_1","status":"completed"}}',
    ),
  },
  '/v1/messages': {
    tag: 'Messages',
    summary: 'Answer messages',
    description: `Anthropic's messages. Errors have Anthropic's shape; the key may come as x-api-key. ${PASSES}`,
    fields: { messages: MESSAGES, max_tokens: { type: 'integer' }, stream: STREAM },
    required: ['messages', 'max_tokens'],
    requests: {
      buffered: { model: 'demo', max_tokens: 256, messages: HI },
      streamed: { model: 'demo', max_tokens: 256, stream: true, messages: HI },
    },
    answer: {
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      model: 'demo',
      content: [{ type: 'text', text: 'Hello.' }],
      stop_reason: 'end_turn',
      usage: { input_tokens: 12, output_tokens: 3 },
    },
    events: events(
      'event: message_start\ndata: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","content":[]}}',
      'event: content_block_delta\ndata: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hello."}}',
      'event: message_stop\ndata: {"type":"message_stop"}',
    ),
  },
  '/v1/messages/count_tokens': {
    tag: 'Messages',
    summary: 'Count the tokens of messages',
    description: "Anthropic's count, made by the upstream; it is free.",
    fields: { messages: MESSAGES },
    required: ['messages'],
    requests: { count: { model: 'demo', messages: HI } },
    answer: { input_tokens: 12 },
  },
  '/v1/embeddings': {
    tag: 'Embeddings',
    summary: 'Embed texts',
    description: `OpenAI's embeddings. ${PASSES}`,
    fields: { input: { type: 'string' }, encoding_format: { type: 'string', enum: ['float', 'base64'] } },
    required: ['input'],
    requests: { text: { model: 'demo', input: 'A sentence to embed.' } },
    answer: {
      object: 'list',
      model: 'demo',
      data: [{ object: 'embedding', index: 0, embedding: [0.01, -0.02] }],
      usage: { prompt_tokens: 5, total_tokens: 5 },
    },
  },
  '/v1/moderations': {
    tag: 'Moderation',
    summary: 'Classify texts',
    description: `OpenAI's moderations; they are free. ${PASSES}`,
    fields: { input: { type: 'string' } },
    required: ['input'],
    requests: { text: { model: 'demo', input: 'A harmless sentence.' } },
    answer: { id: 'modr-1', model: 'demo', results: [{ flagged: false, categories: {}, category_scores: {} }] },
  },
  '/v1/images/generations': {
    tag: 'Images',
    summary: 'Make images',
    description: `OpenAI's image generation. ${ELSEWHERE}`,
    fields: { prompt: { type: 'string' }, n: { type: 'integer' }, size: { type: 'string' }, stream: STREAM },
    required: ['prompt'],
    requests: { image: { model: 'gpt-image-1', prompt: 'A lighthouse at dusk', size: '1024x1024' } },
    answer: { created: 1_795_507_200, data: [{ b64_json: 'iVBORw0KGgo…' }] },
    events: events(
      'event: image_generation.completed\ndata: {"type":"image_generation.completed","b64_json":"iVBORw0KGgo…"}',
    ),
  },
  '/v1/images/edits': {
    tag: 'Images',
    summary: 'Edit images',
    description: `OpenAI's image edits, as a form. ${ELSEWHERE}`,
    fields: { image: FILE, prompt: { type: 'string' } },
    required: ['image', 'prompt'],
    requests: {},
    answer: { created: 1_795_507_200, data: [{ b64_json: 'iVBORw0KGgo…' }] },
  },
  '/v1/images/variations': {
    tag: 'Images',
    summary: 'Vary an image',
    description: `OpenAI's image variations, as a form. ${ELSEWHERE}`,
    fields: { image: FILE, n: { type: 'integer' } },
    required: ['image'],
    requests: {},
    answer: { created: 1_795_507_200, data: [{ url: 'https://images.example.com/1.png' }] },
  },
  '/v1/audio/speech': {
    tag: 'Audio',
    summary: 'Speak a text',
    description: `OpenAI's speech; the answer is audio. ${ELSEWHERE}`,
    fields: { input: { type: 'string' }, voice: { type: 'string' }, response_format: { type: 'string' } },
    required: ['input', 'voice'],
    requests: { speech: { model: 'gpt-4o-mini-tts', input: 'Hello.', voice: 'alloy' } },
    answerType: 'audio/mpeg',
    events: events('data: {"type":"speech.audio.delta","audio":"…"}', 'data: {"type":"speech.audio.done"}'),
  },
  '/v1/audio/transcriptions': {
    tag: 'Audio',
    summary: 'Write down speech',
    description: `OpenAI's transcriptions, as a form. ${ELSEWHERE}`,
    fields: { file: FILE, language: { type: 'string' }, stream: STREAM },
    required: ['file'],
    requests: {},
    answer: { text: 'Hello.', usage: { type: 'duration', seconds: 2 } },
    events: events('data: {"type":"transcript.text.delta","delta":"Hello."}', 'data: {"type":"transcript.text.done"}'),
  },
  '/v1/audio/translations': {
    tag: 'Audio',
    summary: 'Write down speech in English',
    description: `OpenAI's translations, as a form. ${ELSEWHERE}`,
    fields: { file: FILE },
    required: ['file'],
    requests: {},
    answer: { text: 'Hello.' },
  },
};

/** @returns undefined for an endpoint that a module has added */
export function textsOf(path: string): EndpointTexts | undefined {
  return Object.hasOwn(ENDPOINT_TEXTS, path) ? ENDPOINT_TEXTS[path as ModelPath] : undefined;
}
