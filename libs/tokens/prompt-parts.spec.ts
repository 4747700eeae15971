import fc from 'fast-check';
import { estimatePromptTokens, guessPromptTokens } from './estimate-prompt-tokens.js';
import type { PromptFormat } from './prompt-format.js';
import { promptParts, promptText } from './prompt-parts.js';

const FORMATS: readonly PromptFormat[] = [
  'chat',
  'completions',
  'embeddings',
  'responses',
  'messages',
  'moderations',
  'images',
  'audio',
];

describe('promptText', () => {
  it('reads the messages, tools and schema of a chat', () => {
    const text = promptText(
      {
        model: 'gpt-4o',
        temperature: 0.5,
        messages: [
          { role: 'system', content: 'Be brief.' },
          {
            role: 'user',
            content: [
              { type: 'text', text: 'What is this?' },
              { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
            ],
          },
          { role: 'assistant', content: null, tool_calls: [{ function: { name: 'look', arguments: '{"at":1}' } }] },
          { role: 'tool', tool_call_id: 'x', content: 'a cat' },
        ],
        tools: [{ type: 'function', function: { name: 'look', parameters: {} } }],
        response_format: { type: 'json_object' },
      },
      'chat',
    );
    for (const part of ['Be brief.', 'What is this?', 'look', '\\"at\\":1', 'a cat', 'json_object']) {
      expect(text).toContain(part);
    }
    expect(text).not.toContain('base64');
    expect(text).not.toContain('0.5');
  });

  it('reads the system text, blocks and tool results of Anthropic messages', () => {
    const text = promptText(
      {
        system: [{ type: 'text', text: 'Be kind.' }],
        messages: [
          { role: 'user', content: 'Hi' },
          {
            role: 'assistant',
            content: [
              { type: 'thinking', thinking: 'hm', signature: 'AAAA' },
              { type: 'tool_use', name: 'look', input: { at: 'the sky' } },
            ],
          },
          { role: 'user', content: [{ type: 'tool_result', content: [{ type: 'text', text: 'blue' }] }] },
          { role: 'user', content: [{ type: 'document', source: { type: 'text', data: 'a letter' } }] },
        ],
        tools: [{ name: 'look', description: 'Looks.', input_schema: {} }],
      },
      'messages',
    );
    for (const part of ['Be kind.', 'Hi', 'hm', 'the sky', 'blue', 'a letter', 'Looks.']) expect(text).toContain(part);
    expect(text).not.toContain('AAAA');
  });

  it('reads instructions and items of a Responses call', () => {
    const text = promptText(
      {
        instructions: 'Be brief.',
        input: [
          { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Hi' }] },
          { type: 'function_call', name: 'look', arguments: '{}' },
          { type: 'function_call_output', output: 'blue' },
        ],
      },
      'responses',
    );
    for (const part of ['Be brief.', 'Hi', 'look', 'blue']) expect(text).toContain(part);
  });

  it.each([
    ['responses', { input: 'Hi' }],
    ['embeddings', { input: 'Hi' }],
    ['embeddings', { input: ['Hi'] }],
    ['completions', { prompt: 'Hi' }],
    ['moderations', { input: [{ type: 'text', text: 'Hi' }] }],
    ['images', { prompt: 'Hi' }],
    ['audio', { input: 'Hi', voice: 'alloy' }],
  ] as const)('reads %s from %j', (format, fields) => {
    expect(promptText(fields, format)).toBe('Hi');
  });
});

describe('promptParts', () => {
  const imageIn = (part: object, format: PromptFormat) => {
    const withImage = promptParts({ messages: [{ role: 'user', content: [part] }] }, format).fixedTokens;
    return withImage - promptParts({ messages: [{ role: 'user', content: [] }] }, format).fixedTokens;
  };

  it.each([
    [{ type: 'image_url', image_url: { url: 'https://example.org/cat.png' } }, 'chat', 765],
    [{ type: 'image_url', image_url: { url: 'x', detail: 'low' } }, 'chat', 85],
    [{ type: 'image', source: { type: 'base64', data: 'AAAA' } }, 'messages', 1_600],
  ] as const)('counts %j of %s as a fixed amount', (part, format, tokens) => {
    expect(imageIn(part, format)).toBe(tokens);
  });

  it('counts images of a Responses call, screenshots too', () => {
    const tokensOf = (input: unknown) => promptParts({ input }, 'responses').fixedTokens;
    expect(tokensOf([{ type: 'input_image', image_url: 'https://example.org', detail: 'low' }])).toBe(85);
    expect(tokensOf([{ type: 'computer_call_output', output: { type: 'computer_screenshot', image_url: 'x' } }])).toBe(
      765,
    );
  });

  it('counts audio by its length and documents as a fixed amount', () => {
    const minuteOfMp3 = 'A'.repeat(60 * 21_000);
    expect(imageIn({ type: 'input_audio', input_audio: { data: minuteOfMp3, format: 'mp3' } }, 'chat')).toBe(600);
    expect(imageIn({ type: 'file', file: { file_id: 'file-1' } }, 'chat')).toBe(2_000);
    expect(imageIn({ type: 'document', source: { type: 'base64', data: 'AAAA' } }, 'messages')).toBe(2_000);
  });

  it('counts ready-made token ids one by one', () => {
    expect(promptParts({ input: [[1, 2, 3], [4]] }, 'embeddings')).toEqual({ texts: [], fixedTokens: 4 });
  });

  it('never throws for a body of any shape', () => {
    const names = ['messages', 'input', 'prompt', 'system', 'tools', 'instructions', 'content', 'type', 'source'];
    const value = fc.letrec<{ any: unknown }>((tie) => ({
      any: fc.oneof(
        { depthSize: 'small' },
        fc.jsonValue(),
        fc.constantFrom('document', 'image_url', 'input_audio', 'text'),
        fc.array(tie('any')),
        fc.dictionary(fc.constantFrom(...names), tie('any')),
      ),
    })).any;
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), value), fc.constantFrom(...FORMATS), (fields, format) => {
        const { fixedTokens } = promptParts(fields, format);
        expect(Number.isInteger(fixedTokens) && fixedTokens >= 0).toBe(true);
      }),
    );
  });
});

describe('estimatePromptTokens', () => {
  it('counts a small chat as OpenAI does', async () => {
    const messages = [
      { role: 'system', content: 'You are a helpful assistant.' },
      { role: 'user', content: 'Say hello.' },
    ];
    // 20 by OpenAI's published formula: 3 a message, the role, the text, and 3 before the answer.
    const tokens = await estimatePromptTokens({ model: 'gpt-4o', messages }, 'chat');
    expect(tokens).toBeGreaterThanOrEqual(18);
    expect(tokens).toBeLessThanOrEqual(24);
  });

  it('is near the quick guess', async () => {
    const fields = {
      model: 'gpt-4o',
      messages: [{ role: 'user', content: 'Tell me a story about a cat. '.repeat(50) }],
    };
    const ratio = guessPromptTokens(fields, 'chat') / (await estimatePromptTokens(fields, 'chat'));
    expect(ratio).toBeGreaterThan(0.8);
    expect(ratio).toBeLessThan(1.25);
  });
});
