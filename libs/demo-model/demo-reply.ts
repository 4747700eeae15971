import { replyToChat } from './chat-completions.js';
import { replyToCompletion } from './completions.js';
import { errorReply, invalidUrl } from './demo-error.js';
import { replyToEmbeddings } from './embeddings.js';
import { countMessageTokens, replyToMessages } from './messages.js';
import { replyToModels } from './models.js';
import { replyToModerations } from './moderations.js';
import { isRecord, type JsonRecord, textOf } from './read-json.js';
import type { DemoContext, DemoOptions, DemoReply, DemoRequest } from './reply-types.js';
import { replyToResponses } from './responses.js';

export type { DemoFrame, DemoOptions, DemoReply, DemoRequest } from './reply-types.js';

const DEFAULT_TOKENS_PER_SECOND = 60;

const POST_ENDPOINTS: Readonly<Record<string, (body: JsonRecord, context: DemoContext) => DemoReply>> = {
  '/chat/completions': replyToChat,
  '/completions': replyToCompletion,
  '/responses': replyToResponses,
  '/messages': replyToMessages,
  '/messages/count_tokens': countMessageTokens,
  '/embeddings': replyToEmbeddings,
  '/moderations': replyToModerations,
};

/**
 * The answer of the demo model: a model of fixed rules that speaks OpenAI's and Anthropic's formats to the letter, calls
 * nobody and costs nothing. The same request gives the same text, tokens and vectors.
 * @returns an error in the API's own shape where the real API would give one; it throws at nothing that `JSON.parse` gives, down to
 * about a thousand levels
 */
export function demoReply(request: DemoRequest, options: DemoOptions = {}): DemoReply {
  const { method, path, body } = request;
  const context = contextOf(options);
  if (method === 'GET' && /^\/models(?:\/|$)/.test(path)) return replyToModels(path, context);
  const endpoint = method === 'POST' && Object.hasOwn(POST_ENDPOINTS, path) ? POST_ENDPOINTS[path] : undefined;
  if (endpoint === undefined) return invalidUrl(method, path);
  const isAnthropic = path.startsWith('/messages');
  if (!isRecord(body)) {
    return errorReply({ status: 400, message: 'The body of the request must be a JSON object.' }, isAnthropic);
  }
  if (textOf(body['model']) === '') {
    return errorReply(
      {
        status: 400,
        message: 'you must provide a model parameter',
        param: 'model',
        code: 'missing_required_parameter',
      },
      isAnthropic,
    );
  }
  return endpoint(body, context);
}

function contextOf(options: DemoOptions): DemoContext {
  return {
    msPerToken: 1_000 / (options.tokensPerSecond ?? DEFAULT_TOKENS_PER_SECOND),
    id: options.id ?? (() => crypto.randomUUID().replaceAll('-', '')),
    nowSeconds: options.nowSeconds ?? (() => Math.floor(Date.now() / 1_000)),
  };
}
