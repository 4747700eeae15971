import { useSyncExternalStore } from 'react';
import { isWriting, type AnswerContent } from '../../lib/completion/answer-content.js';
import type { Answer } from '../../lib/conversations/conversation.js';
import { liveAnswer } from '../../lib/conversations/live-answers.js';

const noSubscription = () => () => undefined;

/** An answer as it stands now: what this tab is writing, else what is stored. */
export function useLiveContent(answer: Answer): AnswerContent {
  const live = isWriting(answer.content.state) ? liveAnswer(answer.id) : undefined;
  return useSyncExternalStore(live?.subscribe ?? noSubscription, live?.snapshot ?? (() => answer.content));
}

/** Whether an answer is being written by this tab; another tab's is not ours to stop. */
export function useIsWritingHere(answer: Answer | undefined): boolean {
  const live = answer && isWriting(answer.content.state) ? liveAnswer(answer.id) : undefined;
  return useSyncExternalStore(live?.subscribe ?? noSubscription, () =>
    live ? isWriting(live.snapshot().state) : false,
  );
}
