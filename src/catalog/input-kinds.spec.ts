import { inputKindsOf } from './input-kinds.js';

it.each([
  ['gpt-4o', ['text', 'image']],
  ['gpt-4o-mini-2024-07-18', ['text', 'image']],
  ['gpt-3.5-turbo', ['text']],
  ['o1-mini', ['text']],
  ['o1', ['text', 'image']],
  ['claude-sonnet-4-20250514', ['text', 'image']],
  ['anthropic/claude-3.5-haiku', ['text', 'image']],
  ['gemini-2.5-flash', ['text', 'image', 'audio']],
  ['whisper-1', ['audio']],
  ['text-embedding-3-small', ['text']],
  ['llama3:8b', ['text']],
])('knows what the family of %s takes', (model, kinds) => {
  expect(inputKindsOf(model)).toEqual(kinds);
});

it('believes the list of the upstream over the family', () => {
  const listed = { architecture: { input_modalities: ['text', 'file'] } };
  expect(inputKindsOf('gpt-4o', listed)).toEqual(['text', 'file']);
});

it.each([
  { architecture: null },
  { architecture: { input_modalities: 'text' } },
  { architecture: { input_modalities: [1] } },
])('ignores a list that says nothing usable: %j', (listed) => expect(inputKindsOf('llama3', listed)).toEqual(['text']));
