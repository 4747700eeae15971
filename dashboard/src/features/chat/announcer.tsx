import { useEffect, useState } from 'react';
import { countWords, isWriting } from '../../lib/completion/answer-content.js';
import { toPlainText } from '../../lib/plain-text.js';
import type { Answer } from '../../lib/conversations/conversation.js';
import { liveAnswer } from '../../lib/conversations/live-answers.js';

const SPOKEN_CHARACTERS = 1000;

/** The one voice of the page: "Answering" after a second, then the finished answer once. Not every token. */
export function Announcer({ answer }: { readonly answer: Answer | undefined }) {
  const [said, setSaid] = useState('');
  const id = answer?.id;
  useEffect(() => {
    const live = id === undefined ? undefined : liveAnswer(id);
    if (!live || !isWriting(live.snapshot().state)) return;
    let isCurrent = true;
    const timer = setTimeout(() => setSaid('Answering'), 1000);
    void live.finished.then((content) => {
      clearTimeout(timer);
      // Errors speak for themselves, once.
      if (!isCurrent || content.state === 'failed') return;
      const text = toPlainText(content.text);
      const rest = text.length > SPOKEN_CHARACTERS ? `… ${countWords(text)} words in all.` : '';
      setSaid(`${text.slice(0, SPOKEN_CHARACTERS)}${rest}`);
    });
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [id]);
  return (
    <div role="status" aria-live="polite" className="sr-only">
      {said}
    </div>
  );
}
