import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAnswerBody } from './answer-body.js';
import type { WireFormat } from './wire-format.js';

function readFixture(format: WireFormat, file: string) {
  const path =
    format === 'messages' ? join(__dirname, '../anthropic/fixtures', file) : join(__dirname, 'fixtures', file);
  return readAnswerBody(format, JSON.parse(readFileSync(path, 'utf8')));
}

describe('readAnswerBody', () => {
  it.each([
    [
      'chat',
      'chat-answer.json',
      {
        text: 'Let me see.{"city":"Paris"}',
        reasoning: '',
        usage: { total_tokens: 1126 },
        model: 'gpt-4o-mini-2024-07-18',
      },
    ],
    [
      'chat',
      'chat-answer-reasoning.json',
      { text: 'Yes.', reasoning: '17 is prime.', usage: { completion_tokens: 8 } },
    ],
    ['completions', 'completions-answer.json', { text: '\n\nThis is a test', usage: { total_tokens: 12 } }],
    [
      'responses',
      'responses-answer.json',
      {
        text: 'One moment, please.{"city":"Paris"}',
        reasoning: 'Look up the city first.',
        usage: { output_tokens: 48 },
      },
    ],
    [
      'messages',
      'messages-answer.json',
      {
        text: 'Okay.{"location":"Paris"}',
        reasoning: 'The user asks for the weather.',
        usage: { output_tokens: 89 },
        model: 'claude-sonnet-4-20250514',
      },
    ],
    [
      'embeddings',
      'embeddings-answer.json',
      { text: '', usage: { prompt_tokens: 8 }, model: 'text-embedding-3-small' },
    ],
    ['images', 'images-answer.json', { text: '', usage: { output_tokens: 1072 }, model: undefined }],
    ['audio', 'transcription-answer.json', { text: 'See you tomorrow.', usage: { input_tokens: 28 } }],
    ['moderations', 'moderations-answer.json', { text: '', usage: undefined, model: 'omni-moderation-latest' }],
  ] as const)('reads an answer of %s: %s', (format, file, expected) => {
    expect(readFixture(format, file)).toMatchObject({ ...expected, error: undefined });
  });

  it('reads refusals, custom tools and several choices', () => {
    const choices = [
      { message: { content: null, refusal: 'No.' } },
      { message: { tool_calls: [{ custom: { input: 'ls' } }] } },
    ];
    expect(readAnswerBody('chat', { choices }).text).toBe('No.ls');
    const output = [
      { type: 'message', content: [{ type: 'refusal', refusal: 'No.' }] },
      { type: 'custom_tool_call', input: 'ls' },
    ];
    expect(readAnswerBody('responses', { output }).text).toBe('No.ls');
  });

  it('reports an error inside an answer of status 200', () => {
    expect(readAnswerBody('chat', { error: { message: 'x', code: 429 } }).error).toMatchObject({
      message: 'x',
      status: 429,
    });
    expect(
      readAnswerBody('messages', { type: 'error', error: { type: 'overloaded_error', message: 'x' } }).error,
    ).toMatchObject({ type: 'overloaded_error' });
    expect(readFixture('responses', 'responses-answer-failed.json').error).toMatchObject({ code: 'server_error' });
    expect(readAnswerBody('responses', { status: 'failed', error: null }).error).toBeDefined();
  });

  it.each(['text', null, undefined, [], 1])('says nothing of %j', (json) => {
    expect(readAnswerBody('audio', json)).toEqual({
      text: '',
      reasoning: '',
      usage: undefined,
      error: undefined,
      model: undefined,
    });
  });
});
