import { ArrowUp, Square } from 'lucide-react';
import { useState, type KeyboardEvent } from 'react';
import { readDraft, writeDraft } from '../../lib/drafts.js';
import { isComposing } from '../../lib/typing.js';
import { useEnterSends } from '../../lib/use-enter-sends.js';

interface CompareComposerProps {
  readonly isBusy: boolean;
  readonly canAsk: boolean;
  readonly onAsk: (question: string) => void;
  readonly onStop: () => void;
}

const DRAFT = 'compare';

export function CompareComposer({ isBusy, canAsk, onAsk, onStop }: CompareComposerProps) {
  const [text, setText] = useState(() => readDraft(DRAFT));
  const enterSends = useEnterSends();
  const change = (next: string) => {
    setText(next);
    writeDraft(DRAFT, next);
  };
  const canSend = canAsk && !isBusy && text.trim() !== '';
  const send = () => {
    if (!canSend) return;
    onAsk(text);
    change('');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event.nativeEvent)) return;
    if (event.key === 'Enter' && !event.shiftKey && (enterSends || event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      send();
    }
  };
  return (
    <div className="mx-auto w-full max-w-200 px-4 pb-4 max-sm:px-2 max-sm:pb-2">
      <div className="flex items-end gap-2 rounded-dialog border border-line-strong bg-surface p-2 shadow-low focus-within:border-accent">
        <textarea
          rows={1}
          aria-label="Message to all models"
          placeholder="Ask all of them…"
          value={text}
          onChange={(event) => change(event.target.value)}
          onKeyDown={onKeyDown}
          className="field-sizing-content max-h-[30dvh] min-h-8 min-w-0 flex-1 resize-none bg-transparent px-2 py-1 text-prose outline-none"
        />
        {isBusy ? (
          <button
            type="button"
            onClick={onStop}
            className="control-h inline-flex items-center gap-2 rounded-control border border-line-strong px-3 font-semibold hover:bg-hover"
          >
            <Square aria-hidden size={12} strokeWidth={1.5} fill="currentColor" />
            Stop all
          </button>
        ) : (
          <button
            type="button"
            onClick={send}
            disabled={!canSend}
            className="control-h inline-flex items-center gap-2 rounded-control bg-accent px-3 font-semibold text-on-accent enabled:hover:bg-accent-hover disabled:bg-hover disabled:text-ink-3"
          >
            Send
            <ArrowUp aria-hidden size={16} strokeWidth={1.5} />
          </button>
        )}
      </div>
    </div>
  );
}
