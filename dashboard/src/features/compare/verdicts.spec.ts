import { newAnswer, type AnswerContent } from '../../lib/completion/answer-content.js';
import { verdictsOf } from './verdicts.js';

function anAnswer(ms: number, costUsd: number | null, more: Partial<AnswerContent> = {}): AnswerContent {
  const usage = { inputTokens: 1, cachedInputTokens: 0, outputTokens: 1, reasoningTokens: 0, costUsd };
  return { ...newAnswer('r', 'm', 0), state: 'done', endedAtMs: ms, usage, ...more };
}

describe('verdictsOf', () => {
  it('names the fastest and the cheapest when all have ended', () => {
    expect(verdictsOf([anAnswer(300, 0.02), anAnswer(900, 0.01)])).toEqual([
      { isFastest: true, isCheapest: false },
      { isFastest: false, isCheapest: true },
    ]);
  });

  it('says nothing while one is writing', () => {
    expect(verdictsOf([anAnswer(300, 0.02), anAnswer(0, null, { state: 'answering', endedAtMs: null })])).toEqual([
      { isFastest: false, isCheapest: false },
      { isFastest: false, isCheapest: false },
    ]);
  });

  it('does not call an unpriced or a failed answer cheap, nor one of two equals', () => {
    expect(verdictsOf([anAnswer(1, null), anAnswer(2, 0.01)]).some(({ isCheapest }) => isCheapest)).toBe(false);
    expect(verdictsOf([anAnswer(1, 0.01), anAnswer(2, 0.01)]).some(({ isCheapest }) => isCheapest)).toBe(false);
    expect(verdictsOf([anAnswer(1, 0, { state: 'failed' }), anAnswer(2, 0.01)])[0]?.isFastest).toBe(false);
  });
});
