import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { SseParser, type SseEvent } from '../sse/sse-parser.js';
import { MalformedEventError, readStreamEvent, type StreamReading } from './stream-reading.js';
import type { WireFormat } from './wire-format.js';

function readStream(format: WireFormat, file: string): StreamReading[] {
  const parser = new SseParser();
  const events = [...parser.push(readFileSync(join(__dirname, 'fixtures', file))), ...parser.end()];
  return events.map((event) => readStreamEvent(format, event));
}

function anEvent(data: string | undefined, event?: string): SseEvent {
  return { raw: `data: ${data}\n\n`, event, data };
}

const readJson = (format: WireFormat, json: unknown, event?: string) =>
  readStreamEvent(format, anEvent(JSON.stringify(json), event));

/** What a whole stream says, told in one. */
function sum(readings: readonly StreamReading[]) {
  return {
    text: readings.map(({ text }) => text).join(''),
    reasoning: readings.map(({ reasoning }) => reasoning).join(''),
    finishReasons: readings.flatMap(({ finishReason }) => finishReason ?? []),
    usage: readings.findLast(({ usage }) => usage !== undefined)?.usage,
    usageOnlyAt: readings.flatMap(({ isUsageOnly }, at) => (isUsageOnly ? [at - readings.length] : [])),
    terminalAt: readings.flatMap(({ isTerminal }, at) => (isTerminal ? [at - readings.length] : [])),
    errors: readings.flatMap(({ error }) => error ?? []),
    model: readings.find(({ model }) => model !== undefined)?.model,
  };
}

describe('readStreamEvent', () => {
  it('reads a chat stream with a usage chunk, which alone may be hidden', () => {
    expect(sum(readStream('chat', 'chat-stream.sse'))).toMatchObject({
      text: 'Hello! Größe → 👋',
      reasoning: '',
      finishReasons: ['stop'],
      usage: { prompt_tokens: 1117, completion_tokens: 9 },
      usageOnlyAt: [-2],
      terminalAt: [-1],
      errors: [],
      model: 'gpt-4o-mini-2024-07-18',
    });
  });

  it('counts the arguments of tool calls as text', () => {
    expect(sum(readStream('chat', 'chat-stream-tools.sse'))).toMatchObject({
      text: '{"city":"Paris"}{}',
      finishReasons: ['tool_calls'],
      usage: { total_tokens: 112 },
      usageOnlyAt: [-2],
    });
  });

  it('keeps reasoning apart, and never hides a usage chunk with choices', () => {
    expect(sum(readStream('chat', 'chat-stream-reasoning.sse'))).toMatchObject({
      text: 'Yes, 17 is prime.',
      reasoning: '17 is odd and prime.',
      finishReasons: ['stop'],
      usage: { completion_tokens_details: { reasoning_tokens: 7 } },
      usageOnlyAt: [],
      model: 'deepseek-reasoner',
    });
  });

  it('reads usage that comes in each chunk, the last one of which counts', () => {
    const readings = readStream('chat', 'chat-stream-usage-in-each-chunk.sse');
    expect(readings.filter(({ usage }) => usage !== undefined)).toHaveLength(6);
    expect(sum(readings)).toMatchObject({
      text: 'One, two, three',
      finishReasons: ['length'],
      usage: { completion_tokens: 3 },
      usageOnlyAt: [-2],
    });
  });

  it("takes Azure's first chunk, which has no choices either, for an ordinary one", () => {
    const readings = readStream('chat', 'chat-stream-azure.sse');
    expect(readings[0]).toEqual({
      kind: 'event',
      text: '',
      reasoning: '',
      finishReason: undefined,
      usage: undefined,
      isUsageOnly: false,
      error: undefined,
      isTerminal: false,
      model: undefined,
    });
    expect(sum(readings)).toMatchObject({ text: 'Good day', usageOnlyAt: [-2], model: 'gpt-4o-2024-11-20' });
  });

  it('reads an error inside a stream, beside choices', () => {
    expect(sum(readStream('chat', 'chat-stream-error.sse'))).toMatchObject({
      text: 'The',
      finishReasons: ['error'],
      errors: [{ message: 'Provider returned error: rate limit', status: 429 }],
      terminalAt: [],
    });
  });

  it.each([
    [{ choices: [{ delta: { refusal: 'No.' } }] }, { text: 'No.', reasoning: '' }],
    [{ choices: [{ delta: { function_call: { name: 'f', arguments: '{}' } } }] }, { text: '{}', reasoning: '' }],
    [{ choices: [{ delta: { tool_calls: [{ index: 0, custom: { input: 'ls' } }] } }] }, { text: 'ls', reasoning: '' }],
    [{ choices: [{ delta: { audio: { transcript: 'Hi', data: 'UklGRg' } } }] }, { text: 'Hi', reasoning: '' }],
    [{ choices: [{ delta: { content: 'a' } }, { delta: { content: 'b' } }] }, { text: 'ab', reasoning: '' }],
    [{ choices: [{ delta: { reasoning: 'x', reasoning_content: 'x', content: '' } }] }, { text: '', reasoning: 'x' }],
    [{ choices: [{ delta: { reasoning: 'x', reasoning_content: null } }] }, { text: '', reasoning: 'x' }],
    [
      {
        choices: [
          {
            delta: {
              content: [
                { type: 'thinking', thinking: [{ type: 'text', text: 'h' }] },
                { type: 'text', text: 'a' },
              ],
            },
          },
        ],
      },
      { text: 'a', reasoning: 'h' },
    ],
    [
      { choices: null, usage: 'none' },
      { text: '', usage: undefined, isUsageOnly: false },
    ],
    [
      { choices: [null, 1, { delta: null }, { delta: { content: 5, tool_calls: 'x' } }] },
      { text: '', finishReason: undefined },
    ],
    [{ usage: { prompt_tokens: 1 } }, { usage: { prompt_tokens: 1 }, isUsageOnly: false }],
    [
      { choices: [], usage: null },
      { usage: undefined, isUsageOnly: false },
    ],
    [{ error: null, choices: [] }, { error: undefined }],
  ])('reads of the chunk %j %j', (chunk, expected) => {
    expect(readJson('chat', chunk)).toMatchObject(expected);
  });

  it('reads a completions stream', () => {
    expect(sum(readStream('completions', 'completions-stream.sse'))).toMatchObject({
      text: 'This is a test',
      finishReasons: ['length'],
      usage: { total_tokens: 9 },
      usageOnlyAt: [-2],
      terminalAt: [-1],
    });
  });

  it('reads a Responses stream, whose last event is the whole answer', () => {
    expect(sum(readStream('responses', 'responses-stream.sse'))).toMatchObject({
      text: 'One moment, please.{"city":"Paris"}',
      reasoning: 'Look up the city first.',
      finishReasons: ['completed'],
      usage: { output_tokens: 48 },
      usageOnlyAt: [],
      terminalAt: [-1],
      errors: [],
      model: 'gpt-5-mini-2025-08-07',
    });
  });

  it.each([
    [
      'responses-stream-incomplete.sse',
      { finishReasons: ['max_output_tokens'], usage: { output_tokens: 16 }, terminalAt: [-1], errors: [] },
    ],
    [
      'responses-stream-failed.sse',
      {
        finishReasons: ['failed'],
        terminalAt: [-1],
        errors: [{ code: 'server_error', message: 'The model failed to generate a response.' }],
      },
    ],
    ['responses-stream-error.sse', { terminalAt: [], errors: [{ code: 'rate_limit_exceeded', param: null }] }],
  ])('reads how a Responses stream ends badly: %s', (file, expected) => {
    expect(sum(readStream('responses', file))).toMatchObject(expected);
  });

  it('reports a failed response that does not say why', () => {
    expect(
      readJson('responses', { type: 'response.failed', response: { status: 'failed', error: null } }).error,
    ).toBeDefined();
  });

  it.each([
    ['images', 'images-stream.sse', { text: '', usage: { output_tokens: 1072 } }],
    ['audio', 'transcription-stream.sse', { text: 'See you tomorrow.', usage: { input_tokens: 28 } }],
    ['audio', 'speech-stream.sse', { text: '', usage: { output_tokens: 101 } }],
  ] as const)('reads a stream of %s: %s', (format, file, expected) => {
    expect(sum(readStream(format, file))).toMatchObject({ ...expected, terminalAt: [-1], errors: [] });
  });

  it('knows the end of OpenAI’s streams', () => {
    for (const data of ['[DONE]', '[DONE] ', '[DONE]\n']) {
      expect(readStreamEvent('chat', anEvent(data))).toMatchObject({ kind: 'done', isTerminal: true, text: '' });
    }
  });

  it('takes an event without data for one that says nothing', () => {
    expect(readStreamEvent('messages', anEvent(undefined, 'ping'))).toMatchObject({
      kind: 'event',
      text: '',
      isTerminal: false,
    });
  });

  it.each(['', ' ', '[DONE]x', '[]', '1', '"x"', 'null', '{"a":', '<html>', '{}{}'])('refuses the data %j', (data) => {
    expect(() => readStreamEvent('chat', anEvent(data))).toThrow(MalformedEventError);
  });

  it.each([
    ['chat', { error: { message: 'x', type: 'server_error', code: null } }, undefined],
    ['chat', { message: 'x' }, 'error'],
    ['responses', { type: 'error', message: 'x', code: 'y' }, undefined],
    ['messages', { type: 'error', error: { type: 'overloaded_error', message: 'x' } }, 'error'],
    ['messages', { error: { message: 'x' } }, undefined],
    ['messages', { type: 'message_delta', delta: {}, message: 'x' }, 'error'],
    ['images', { type: 'error', error: { message: 'x' } }, 'error'],
  ] as const)('finds the error of a %s stream in %j', (format, json, event) => {
    expect(readJson(format, json, event).error).toMatchObject({ message: 'x' });
  });

  it('reads any JSON object of any format without failing', () => {
    const formats: WireFormat[] = [
      'chat',
      'completions',
      'responses',
      'messages',
      'embeddings',
      'images',
      'audio',
      'moderations',
    ];
    const name = fc.constantFrom(
      'choices',
      'delta',
      'content',
      'usage',
      'error',
      'type',
      'response',
      'message',
      'tool_calls',
      'model',
      'text',
      'function',
      'detail',
      'status',
      'content_block',
    );
    const value = fc.letrec((tie) => ({
      node: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom(null, 1, '', 'error', 'content_block_delta', 'message_start', 'response.failed', true),
        fc.array(tie('node'), { maxLength: 2 }),
        fc.dictionary(name, tie('node'), { maxKeys: 5 }),
      ),
    })).node;
    fc.assert(
      fc.property(
        fc.constantFrom(...formats),
        fc.dictionary(name, value, { maxKeys: 6 }),
        fc.constantFrom(undefined, 'error', 'x'),
        (format, json, event) => {
          const reading = readJson(format, json, event);
          expect([typeof reading.text, typeof reading.reasoning, typeof reading.isTerminal]).toEqual([
            'string',
            'string',
            'boolean',
          ]);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
