import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readStreamEvent, type StreamReading } from '../openai/stream-reading.js';
import { SseParser } from '../sse/sse-parser.js';
import { mergeAnthropicUsage } from './messages-stream.js';

function readStream(file: string): StreamReading[] {
  const events = new SseParser().push(readFileSync(join(__dirname, 'fixtures', file)));
  return events.map((event) => readStreamEvent('messages', event));
}

const textOf = (readings: readonly StreamReading[]) => readings.map(({ text }) => text).join('');
const usageOf = (readings: readonly StreamReading[]) =>
  readings.reduce<unknown>((usage, reading) => mergeAnthropicUsage(usage, reading.usage), undefined);

describe('readMessagesEvent', () => {
  it('reads thinking, text and the input of a tool', () => {
    const readings = readStream('messages-stream-thinking-tools.sse');
    expect(textOf(readings)).toBe('Okay, let\'s check.{"location": "Paris"}');
    expect(readings.map(({ reasoning }) => reasoning).join('')).toBe('The user asks for the weather.');
    expect(readings.flatMap(({ finishReason }) => finishReason ?? [])).toEqual(['tool_use']);
    expect(readings.map(({ isTerminal }) => isTerminal)).toEqual([...readings.slice(1).map(() => false), true]);
    expect(readings[0]?.model).toBe('claude-sonnet-4-20250514');
    expect(readings.every(({ error, isUsageOnly }) => error === undefined && !isUsageOnly)).toBe(true);
  });

  it('gives the usage of the start and the one counted since', () => {
    expect(usageOf(readStream('messages-stream-thinking-tools.sse'))).toEqual({
      input_tokens: 472,
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 1024,
      cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 },
      output_tokens: 89,
      service_tier: 'standard',
    });
    expect(usageOf(readStream('messages-stream-text.sse'))).toEqual({ input_tokens: 25, output_tokens: 15 });
  });

  it('reads an error inside the stream', () => {
    const readings = readStream('messages-stream-error.sse');
    expect(textOf(readings)).toBe('Hel');
    expect(readings.at(-1)?.error).toMatchObject({ type: 'overloaded_error', message: 'Overloaded' });
  });
});

describe('mergeAnthropicUsage', () => {
  it.each([
    [undefined, { input_tokens: 1 }, { input_tokens: 1 }],
    [{ input_tokens: 1 }, undefined, { input_tokens: 1 }],
    [{ input_tokens: 1 }, null, { input_tokens: 1 }],
    [undefined, undefined, undefined],
    [
      { input_tokens: 0, output_tokens: 1 },
      { input_tokens: 7, output_tokens: 5 },
      { input_tokens: 7, output_tokens: 5 },
    ],
    [
      { a: 5, b: null },
      { a: null, b: null, c: null },
      { a: 5, b: null, c: null },
    ],
    [
      { server_tool_use: { web_search_requests: 1 } },
      { server_tool_use: { web_search_requests: 2 } },
      { server_tool_use: { web_search_requests: 2 } },
    ],
  ])('makes of %j and %j %j', (previous, next, expected) => {
    expect(mergeAnthropicUsage(previous, next)).toEqual(expected);
  });
});
