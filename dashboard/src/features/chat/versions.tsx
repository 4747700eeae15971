import { ChevronLeft, ChevronRight } from 'lucide-react';
import { IconButton } from '../../components/icon-button.js';
import { plural } from '../../lib/figures.js';
import type { Versions as VersionsOf } from '../../lib/conversations/message-tree.js';

/** Whether two readings of a message's versions say the same: then nothing is drawn anew. */
export function isSameVersions(a: VersionsOf, b: VersionsOf): boolean {
  return (
    a.index === b.index &&
    a.ids.length === b.ids.length &&
    a.ids.every((id, at) => id === b.ids[at]) &&
    a.elsewhere?.count === b.elsewhere?.count &&
    a.elsewhere?.index === b.elsewhere?.index
  );
}

interface VersionsProps {
  readonly versions: VersionsOf;
  readonly what: 'question' | 'answer';
  readonly onShow: (id: string) => void;
}

/** `‹ 2/3 ›`: the versions of a message. */
export function Versions({ versions: { ids, index }, what, onShow }: VersionsProps) {
  if (ids.length < 2) return null;
  const show = (at: number) => {
    const id = ids[at];
    if (id !== undefined) onShow(id);
  };
  return (
    <span className="inline-flex items-center">
      <IconButton
        label={`Previous ${what}`}
        icon={<ChevronLeft aria-hidden size={16} strokeWidth={1.5} />}
        disabled={index === 0}
        onClick={() => show(index - 1)}
      />
      <span className="figures text-meta text-ink-2" aria-label={`Version ${index + 1} of ${ids.length}`}>
        {index + 1}/{ids.length}
      </span>
      <IconButton
        label={`Next ${what}`}
        icon={<ChevronRight aria-hidden size={16} strokeWidth={1.5} />}
        disabled={index === ids.length - 1}
        onClick={() => show(index + 1)}
      />
    </span>
  );
}

/** Stands where later messages were, when another version has them. */
export function ElsewhereNote({ versions: { ids, elsewhere }, onShow }: Omit<VersionsProps, 'what'>) {
  const id = elsewhere && ids[elsewhere.index];
  if (!elsewhere || !id) return null;
  return (
    <p className="text-meta text-ink-2">
      {plural(elsewhere.count, 'later message')} {elsewhere.count === 1 ? 'is' : 'are'} on version {elsewhere.index + 1}
      .{' '}
      <button
        type="button"
        onClick={() => onShow(id)}
        className="min-h-6 rounded-chip text-accent-text underline underline-offset-2"
      >
        Show
      </button>
    </p>
  );
}
