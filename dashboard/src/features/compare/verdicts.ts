import { isWriting, type AnswerContent } from '../../lib/completion/answer-content.js';

export interface Verdict {
  readonly isFastest: boolean;
  readonly isCheapest: boolean;
}

const none: Verdict = { isFastest: false, isCheapest: false };

/**
 * Which answers were first to end and cost least. Nothing is said before all have ended, where there is no one to
 * compare with, or where the best is shared; an unknown price is not compared.
 */
export function verdictsOf(answers: readonly AnswerContent[]): readonly Verdict[] {
  const good = answers.filter((answer) => answer.state === 'done');
  if (answers.some((answer) => isWriting(answer.state)) || good.length < 2) return answers.map(() => none);
  const fastest = best(good, (answer) => (answer.endedAtMs === null ? null : answer.endedAtMs - answer.startedAtMs));
  const cheapest = best(good, (answer) => answer.usage?.costUsd ?? null);
  return answers.map((answer) => ({ isFastest: answer === fastest, isCheapest: answer === cheapest }));
}

function best(
  answers: readonly AnswerContent[],
  measure: (answer: AnswerContent) => number | null,
): AnswerContent | null {
  const measured = answers.flatMap((answer) => {
    const value = measure(answer);
    return value === null ? [] : [{ answer, value }];
  });
  if (measured.length < 2) return null;
  const least = Math.min(...measured.map(({ value }) => value));
  const first = measured.filter(({ value }) => value === least);
  return first.length === 1 ? (first[0]?.answer ?? null) : null;
}
