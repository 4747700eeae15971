import { ArrowUp, Paperclip, Square } from 'lucide-react';
import { useEffect, useRef, useState, type ClipboardEvent, type KeyboardEvent, type Ref } from 'react';
import { IconButton } from '../../components/icon-button.js';
import type { Attachment } from '../../lib/conversations/conversation.js';
import { STORAGE_REFUSED } from '../../lib/conversations/live-answers.js';
import { readDraft, writeDraft } from '../../lib/drafts.js';
import { isComposing } from '../../lib/typing.js';
import { AttachmentChips } from './attachment-chips.js';
import { textAttachment } from './attachments.js';
import { ChipButton } from './chip-button.js';
import type { Attachments } from './use-attachments.js';
import { useEnterSends } from '../../lib/use-enter-sends.js';

interface ComposerProps {
  /** Drafts are kept under this name. */
  readonly draftId: string;
  readonly attachments: Attachments;
  readonly isWriting: boolean;
  /** A sentence that must be read before sending, for example that the model takes no pictures. */
  readonly warning: string | null;
  /** Rejects when the question could not be kept: the text then comes back. */
  readonly onSend: (text: string, attachments: readonly Attachment[]) => Promise<void>;
  readonly onStop: () => void;
  readonly onEditLast: () => void;
  readonly fieldRef: Ref<ComposerHandle>;
}

export interface ComposerHandle {
  readonly focus: () => void;
  /** Puts a text in, without sending it. */
  readonly fill: (text: string) => void;
}

const LONG_TEXT = 8000;

export function Composer({
  draftId,
  attachments,
  isWriting,
  warning,
  onSend,
  onStop,
  onEditLast,
  fieldRef,
}: ComposerProps) {
  const [text, setText] = useState(() => readDraft(draftId));
  const [shownDraft, setShownDraft] = useState(draftId);
  const [pastedPicture, setPastedPicture] = useState<File | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const enterSends = useEnterSends();
  if (shownDraft !== draftId) {
    setShownDraft(draftId);
    setText(readDraft(draftId));
  }
  const change = (next: string) => {
    setText(next);
    writeDraft(draftId, next);
  };
  useHandle(fieldRef, field, change);
  const canSend = !isWriting && (text.trim() !== '' || attachments.list.length > 0);
  const send = () => {
    if (!canSend) return;
    const giveBack = () => {
      change(text);
      attachments.replace(attachments.list);
      dispatchEvent(new Event(STORAGE_REFUSED));
    };
    onSend(text, attachments.list).catch(giveBack);
    change('');
    setPastedPicture(null);
    attachments.replace([]);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (isComposing(event.nativeEvent)) return;
    if (event.key === 'Enter' && !event.shiftKey && (enterSends || event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      send();
    } else if (event.key === 'ArrowUp' && text === '' && attachments.list.length === 0) {
      event.preventDefault();
      onEditLast();
    }
  };
  const onPaste = (event: ClipboardEvent) => {
    const files = [...event.clipboardData.files];
    if (files.length === 0) return;
    // Office puts a picture of the text beside the text: the text is what was meant.
    if (event.clipboardData.getData('text/plain') !== '') {
      setPastedPicture(files.find(({ type }) => type.startsWith('image/')) ?? null);
      return;
    }
    event.preventDefault();
    void attachments.addFiles(files);
  };
  return (
    <div className="mx-auto w-full max-w-200 px-4 pb-4 max-sm:px-2 max-sm:pb-2">
      <div className="flex flex-col gap-2 rounded-dialog border border-line-strong bg-surface p-2 shadow-low focus-within:border-accent">
        {attachments.refusals.map((refusal) => (
          <p key={refusal} role="alert" className="px-2 text-meta text-danger">
            {refusal}
          </p>
        ))}
        {warning && (
          <p role="status" className="px-2 text-meta text-warn">
            {warning}
          </p>
        )}
        <AttachmentChips attachments={attachments.list} onRemove={attachments.remove} />
        <textarea
          ref={field}
          rows={1}
          dir="auto"
          aria-label="Message"
          placeholder="Ask anything…"
          enterKeyHint={enterSends ? 'send' : 'enter'}
          value={text}
          onChange={(event) => change(event.target.value)}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          className="field-sizing-content max-h-[40dvh] min-h-8 w-full resize-none bg-transparent px-2 py-1 text-prose outline-none"
        />
        <div className="flex items-center gap-2">
          <IconButton
            label="Attach pictures or text files"
            icon={<Paperclip aria-hidden size={16} strokeWidth={1.5} />}
            onClick={() => picker.current?.click()}
          />
          <input
            ref={picker}
            type="file"
            multiple
            tabIndex={-1}
            aria-hidden
            className="hidden"
            onChange={(event) => {
              void attachments.addFiles([...(event.target.files ?? [])]);
              event.target.value = '';
            }}
          />
          {text.length > LONG_TEXT && (
            <ChipButton
              onClick={() => {
                attachments.add(textAttachment(text));
                change('');
              }}
            >
              Attach as file
            </ChipButton>
          )}
          {pastedPicture && (
            <ChipButton
              onClick={() => {
                void attachments.addFiles([pastedPicture]);
                setPastedPicture(null);
              }}
            >
              Paste as picture
            </ChipButton>
          )}
          <span className="ml-auto hidden text-meta text-ink-3 sm:inline">
            {enterSends ? 'Shift+Enter: new line' : 'Enter: new line'}
          </span>
          {isWriting ? (
            <button
              type="button"
              onClick={onStop}
              className="control-h ml-auto inline-flex items-center gap-2 rounded-control border border-line-strong px-3 font-semibold hover:bg-hover sm:ml-0"
            >
              <Square aria-hidden size={12} strokeWidth={1.5} fill="currentColor" />
              Stop
            </button>
          ) : (
            <button
              type="button"
              onClick={send}
              disabled={!canSend}
              className="control-h ml-auto inline-flex items-center gap-2 rounded-control bg-accent px-3 font-semibold text-on-accent enabled:hover:bg-accent-hover disabled:bg-hover disabled:text-ink-3 sm:ml-0"
            >
              Send
              <ArrowUp aria-hidden size={16} strokeWidth={1.5} />
            </button>
          )}
        </div>
      </div>
    </div>
  );
}

function useHandle(
  ref: Ref<ComposerHandle>,
  field: React.RefObject<HTMLTextAreaElement | null>,
  change: (text: string) => void,
): void {
  useEffect(() => {
    if (typeof ref !== 'object' || ref === null) return;
    ref.current = {
      focus: () => field.current?.focus(),
      fill: (text) => {
        change(text);
        field.current?.focus();
      },
    };
  });
}
