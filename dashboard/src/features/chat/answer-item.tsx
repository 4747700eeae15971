import { ChevronDown, GitBranch, RefreshCw, Trash2 } from 'lucide-react';
import { memo } from 'react';
import { CopyButton } from '../../components/copy-button.js';
import { IconButton } from '../../components/icon-button.js';
import { Menu, MenuItem } from '../../components/menu.js';
import { Prose } from '../../components/prose/prose.js';
import { isWriting, type AnswerContent } from '../../lib/completion/answer-content.js';
import type { Answer, Question } from '../../lib/conversations/conversation.js';
import { liveAnswer } from '../../lib/conversations/live-answers.js';
import type { Versions as VersionsOf } from '../../lib/conversations/message-tree.js';
import { AnswerEnd } from './answer-end.js';
import { AnswerMeta } from './answer-meta.js';
import { useChatActions } from './chat-actions.js';
import { Thinking, ToolCallLine } from './thinking.js';
import { useLiveContent } from './use-live-content.js';
import { ElsewhereNote, isSameVersions, Versions } from './versions.js';

interface AnswerItemProps {
  readonly answer: Answer;
  readonly question: Question;
  readonly versions: VersionsOf;
  readonly isLast: boolean;
}

/** An answer, from the first wait to its figures: one tree all along, so that nothing moves when it ends. */
export const AnswerItem = memo(AnswerView, isSame);

function isSame(a: AnswerItemProps, b: AnswerItemProps): boolean {
  return (
    a.answer === b.answer &&
    a.question === b.question &&
    a.isLast === b.isLast &&
    isSameVersions(a.versions, b.versions)
  );
}

function AnswerView({ answer, question, versions, isLast }: AnswerItemProps) {
  const actions = useChatActions();
  const content = useLiveContent(answer);
  const isLive = isWriting(content.state);
  const show = (id: string) => actions.show(answer, id);
  return (
    <article
      aria-label="Answer"
      aria-busy={isLive}
      tabIndex={-1}
      data-message={answer.id}
      className="flex flex-col gap-2 rounded-control"
    >
      <Thinking content={content} />
      {content.text && <Prose source={content.text} isLive={isLive} />}
      {content.toolCalls.map((call, index) => (
        <ToolCallLine key={index} call={call} />
      ))}
      <Waiting content={content} isElsewhere={isLive && !liveAnswer(answer.id)} />
      <AnswerEnd answer={answer} content={content} question={question} isLast={isLast} />
      {!isLive && content.state !== 'failed' && <AnswerMeta content={content} />}
      {!isLive && (
        <div className="-ml-1.5 flex flex-wrap items-center">
          <Versions versions={versions} what="answer" onShow={show} />
          {content.text && <CopyButton text={content.text} label="Copy answer" />}
          <IconButton
            label="Regenerate"
            icon={<RefreshCw aria-hidden size={16} strokeWidth={1.5} />}
            onClick={() => actions.regenerate(question)}
          />
          <Menu
            trigger={(props) => (
              <button
                {...props}
                type="button"
                aria-label="Regenerate with…"
                data-tip="Regenerate with…"
                className="icon-control -ml-2 inline-flex items-center justify-center rounded-control text-ink-2 hover:bg-hover hover:text-ink"
              >
                <ChevronDown aria-hidden size={16} strokeWidth={1.5} />
              </button>
            )}
          >
            <MenuItem onSelect={() => actions.regenerate(question)}>Same model</MenuItem>
            <MenuItem onSelect={() => actions.chooseModelFor(question)}>Other model…</MenuItem>
          </Menu>
          <IconButton
            label="Branch into a new chat"
            icon={<GitBranch aria-hidden size={16} strokeWidth={1.5} />}
            onClick={() => actions.branch(answer)}
          />
          <IconButton
            label="Delete from here"
            icon={<Trash2 aria-hidden size={16} strokeWidth={1.5} />}
            onClick={() => actions.remove(answer)}
          />
        </div>
      )}
      <ElsewhereNote versions={versions} onShow={show} />
    </article>
  );
}

function Waiting({ content, isElsewhere }: { readonly content: AnswerContent; readonly isElsewhere: boolean }) {
  if (!isWriting(content.state)) return null;
  if (isElsewhere) return <p className="text-control text-ink-2">Being written in another tab…</p>;
  if (content.waitNote) return <p className="text-control text-ink-2">{content.waitNote}</p>;
  if (content.state !== 'waiting') return null;
  return (
    <p className="flex items-center gap-2 text-control text-ink-2">
      <span aria-hidden className="size-2 animate-pulse rounded-full bg-accent" />
      {content.requestedModel} was asked…
    </p>
  );
}
