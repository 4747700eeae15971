import { readCompletionEvent } from './completion-events.js';

const delta = (value: object): string =>
  JSON.stringify({ model: 'm-1', choices: [{ index: 0, delta: value, finish_reason: null }] });

describe('readCompletionEvent', () => {
  it('reads text, reasoning under both of its names, and the model', () => {
    expect(readCompletionEvent(delta({ content: 'Hi' }))).toEqual({
      type: 'delta',
      delta: { text: 'Hi', model: 'm-1' },
    });
    expect(readCompletionEvent(delta({ reasoning_content: 'Hm' }))).toMatchObject({ delta: { reasoning: 'Hm' } });
    expect(readCompletionEvent(delta({ reasoning: 'Hm' }))).toMatchObject({ delta: { reasoning: 'Hm' } });
  });

  it('reads pieces of a tool call', () => {
    const call = { tool_calls: [{ index: 1, id: 'c', function: { name: 'f', arguments: '{"a' } }] };
    expect(readCompletionEvent(delta(call))).toMatchObject({
      delta: { toolCalls: [{ index: 1, id: 'c', name: 'f', arguments: '{"a' }] },
    });
  });

  it('tells an unknown price from a price of zero', () => {
    const usage = (cost?: number) =>
      readCompletionEvent(JSON.stringify({ choices: [], usage: { prompt_tokens: 8, completion_tokens: 2, cost } }));
    expect(usage()).toMatchObject({ delta: { usage: { inputTokens: 8, outputTokens: 2, costUsd: null } } });
    expect(usage(0)).toMatchObject({ delta: { usage: { costUsd: 0 } } });
  });

  it('knows the end and an error', () => {
    expect(readCompletionEvent('[DONE]')).toEqual({ type: 'done' });
    expect(readCompletionEvent('{"error":{"message":"no","code":"upstream_timeout"}}')).toMatchObject({
      type: 'error',
      error: { code: 'upstream_timeout' },
    });
    expect(readCompletionEvent('{broken')).toBeNull();
  });
});
