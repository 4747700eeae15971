/** What goes over the wire: an everyday chat call of 1 KB, an answer of 1.5 KB, events as OpenAI sends them. */

const MODEL = 'gpt-4o-mini';
const CREATED = 1_700_000_000;
const SENTENCE = 'The quick brown fox jumps over the lazy dog while the band plays on. ';

export const HEADERS = { 'content-type': 'application/json', authorization: 'Bearer sk-bench-0123456789abcdef' };

function chatRequest(isStream: boolean): Buffer {
  const messages = [
    { role: 'system', content: 'You are a helpful assistant. Answer in one paragraph.' },
    { role: 'user', content: SENTENCE.repeat(12) },
  ];
  return Buffer.from(
    JSON.stringify({ model: MODEL, temperature: 0.7, ...(isStream ? { stream: true } : {}), messages }),
  );
}

export const BUFFERED_REQUEST = chatRequest(false);
export const STREAMED_REQUEST = chatRequest(true);

const USAGE = {
  prompt_tokens: 212,
  completion_tokens: 240,
  total_tokens: 452,
  prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
  completion_tokens_details: { reasoning_tokens: 0, audio_tokens: 0 },
};

export const BUFFERED_ANSWER = Buffer.from(
  JSON.stringify({
    id: 'chatcmpl-bench0000000000000000000000',
    object: 'chat.completion',
    created: CREATED,
    model: MODEL,
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: SENTENCE.repeat(15), refusal: null },
        logprobs: null,
        finish_reason: 'stop',
      },
    ],
    usage: USAGE,
    service_tier: 'default',
    system_fingerprint: 'fp_bench',
  }),
);

/** A whole stream: its role, one word an event, the end, the usage, `[DONE]`. */
export function chatEvents(words: number): string[] {
  const head = { id: 'chatcmpl-bench0000000000000000000000', object: 'chat.completion.chunk', created: CREATED };
  const chunk = (choices: readonly unknown[], usage: unknown = null) =>
    `data: ${JSON.stringify({ ...head, model: MODEL, system_fingerprint: 'fp_bench', choices, usage })}\n\n`;
  const choice = (delta: unknown, finishReason: string | null = null) => [
    { index: 0, delta, logprobs: null, finish_reason: finishReason },
  ];
  return [
    chunk(choice({ role: 'assistant', content: '' })),
    ...Array.from({ length: words }, (_, index) => chunk(choice({ content: ` word${index % 100}` }))),
    chunk(choice({}, 'stop')),
    chunk([], USAGE),
    'data: [DONE]\n\n',
  ];
}
