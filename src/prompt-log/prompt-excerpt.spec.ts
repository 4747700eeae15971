import fc from 'fast-check';
import { promptExcerpt } from './prompt-excerpt.js';

it.each([
  [
    'chat',
    {
      messages: [
        { role: 'system', content: 'Be kind' },
        { role: 'user', content: 'Hi' },
        { role: 'assistant', content: 'Hello' },
        { role: 'user', content: 'Bye' },
      ],
    },
    'Bye',
  ],
  [
    'chat with parts',
    {
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What is this?' },
            { type: 'image_url', image_url: { url: 'data:…' } },
          ],
        },
      ],
    },
    'What is this?\n[image]',
  ],
  ['chat without a user', { messages: [{ role: 'system', content: 'Begin' }] }, 'Begin'],
  ['completions', { prompt: 'Once upon' }, 'Once upon'],
  ['completions of several prompts', { prompt: ['a', 'b'] }, 'a\nb'],
  ['Responses with a text', { input: 'Hi', instructions: 'Be kind' }, 'Hi'],
  ['Responses with items', { input: [{ role: 'user', content: [{ type: 'input_text', text: 'Hi' }] }] }, 'Hi'],
  ['Messages', { system: 'Be kind', messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }] }, 'Hi'],
  ['a tool result', { messages: [{ role: 'user', content: [{ type: 'tool_result', content: 'sunny' }] }] }, 'sunny'],
  ['embeddings of token ids', { input: [1, 2, 3] }, ''],
  ['nothing', {}, ''],
])('shows the question of %s', (_name, fields, expected) => {
  expect(promptExcerpt(fields, 500)).toBe(expected);
});

it('reads no more than it is asked for, and takes anything', () => {
  fc.assert(
    fc.property(
      fc.record({ messages: fc.jsonValue(), input: fc.jsonValue(), prompt: fc.jsonValue() }),
      fc.integer({ min: 1, max: 50 }),
      (fields, maxChars) => {
        expect(promptExcerpt(fields as Record<string, unknown>, maxChars).length).toBeLessThanOrEqual(maxChars);
      },
    ),
  );
});
