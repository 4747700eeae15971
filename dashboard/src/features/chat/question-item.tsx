import { GitBranch, Pencil, Trash2 } from 'lucide-react';
import { memo, useState, type KeyboardEvent } from 'react';
import { Button } from '../../components/button.js';
import { CopyButton } from '../../components/copy-button.js';
import { IconButton } from '../../components/icon-button.js';
import type { Question } from '../../lib/conversations/conversation.js';
import type { Versions as VersionsOf } from '../../lib/conversations/message-tree.js';
import { isComposing } from '../../lib/typing.js';
import { AttachmentChips } from './attachment-chips.js';
import { useChatActions } from './chat-actions.js';
import { useEnterSends } from '../../lib/use-enter-sends.js';
import { ElsewhereNote, isSameVersions, Versions } from './versions.js';

interface QuestionItemProps {
  readonly question: Question;
  readonly versions: VersionsOf;
  readonly isEditing: boolean;
  readonly onStopEditing: () => void;
}

/** What the reader asked: set apart by place and ground, not by colour alone. */
export const QuestionItem = memo(QuestionView, isSame);

function isSame(a: QuestionItemProps, b: QuestionItemProps): boolean {
  return a.question === b.question && a.isEditing === b.isEditing && isSameVersions(a.versions, b.versions);
}

function QuestionView({ question, versions, isEditing, onStopEditing }: QuestionItemProps) {
  const actions = useChatActions();
  const show = (id: string) => actions.show(question, id);
  return (
    <article
      aria-label="Question"
      tabIndex={-1}
      data-message={question.id}
      className="group flex flex-col items-end gap-1 rounded-control"
    >
      {isEditing ? (
        <EditQuestion question={question} onDone={onStopEditing} />
      ) : (
        <>
          <AttachmentChips attachments={question.attachments} />
          {question.text && (
            <p
              dir="auto"
              className="max-w-[85%] rounded-dialog bg-hover px-4 py-2 text-prose break-words whitespace-pre-wrap"
            >
              {question.text}
            </p>
          )}
          <div className="flex flex-wrap items-center justify-end">
            <Versions versions={versions} what="question" onShow={show} />
            <CopyButton text={question.text} label="Copy question" />
            <IconButton
              label="Edit and ask again"
              icon={<Pencil aria-hidden size={16} strokeWidth={1.5} />}
              onClick={() => actions.startEditing(question)}
            />
            <IconButton
              label="Branch into a new chat"
              icon={<GitBranch aria-hidden size={16} strokeWidth={1.5} />}
              onClick={() => actions.branch(question)}
            />
            <IconButton
              label="Delete from here"
              icon={<Trash2 aria-hidden size={16} strokeWidth={1.5} />}
              onClick={() => actions.remove(question)}
            />
          </div>
          <ElsewhereNote versions={versions} onShow={show} />
        </>
      )}
    </article>
  );
}

function EditQuestion({ question, onDone }: { readonly question: Question; readonly onDone: () => void }) {
  const actions = useChatActions();
  const enterSends = useEnterSends();
  const [text, setText] = useState(question.text);
  const canSend = text.trim() !== '' || question.attachments.length > 0;
  const send = () => {
    if (!canSend) return;
    onDone();
    actions.edit(question, text);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event.nativeEvent)) return;
    if (event.key === 'Escape') {
      // The edit is the top layer: this Esc must not stop an answer as well.
      event.stopPropagation();
      onDone();
    } else if (event.key === 'Enter' && !event.shiftKey && (enterSends || event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      send();
    }
  };
  return (
    <div className="flex w-full flex-col gap-2 rounded-dialog border border-line-strong bg-surface p-2">
      <AttachmentChips attachments={question.attachments} />
      <textarea
        autoFocus
        aria-label="Edit the question"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onFocus={(event) => event.target.setSelectionRange(text.length, text.length)}
        onKeyDown={onKeyDown}
        className="field-sizing-content max-h-[50dvh] min-h-8 w-full resize-none bg-transparent px-2 py-1 text-prose outline-none"
      />
      <div className="flex items-center justify-end gap-2">
        <span className="mr-auto px-2 text-meta text-ink-3">The old question stays as a version.</span>
        <Button look="quiet" onClick={onDone}>
          Cancel
        </Button>
        <Button onClick={send} disabled={!canSend}>
          Send
        </Button>
      </div>
    </div>
  );
}
