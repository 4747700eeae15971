import { FileText, X } from 'lucide-react';
import { formatBytes, formatCount } from '../../lib/figures.js';
import type { Attachment } from '../../lib/conversations/conversation.js';

interface AttachmentChipsProps {
  readonly attachments: readonly Attachment[];
  readonly onRemove?: (id: string) => void;
}

/** Pictures and files of a question, or of one being typed. */
export function AttachmentChips({ attachments, onRemove }: AttachmentChipsProps) {
  if (attachments.length === 0) return null;
  return (
    <ul aria-label="Attached" className="flex flex-wrap gap-2">
      {attachments.map((file) => (
        <li
          key={file.id}
          className="flex max-w-full items-center gap-2 rounded-control border border-line bg-surface p-1 pr-2"
        >
          {file.kind === 'image' ? (
            <img src={file.dataUrl} alt={file.name} className="size-12 rounded-chip object-cover" />
          ) : (
            <span className="flex size-12 items-center justify-center rounded-chip bg-sunken text-ink-2">
              <FileText aria-hidden size={20} strokeWidth={1.5} />
            </span>
          )}
          <span className="min-w-0">
            <span className="block max-w-40 truncate text-meta" title={file.name}>
              {file.name}
            </span>
            <span className="block text-meta text-ink-3">
              {file.kind === 'image' ? formatBytes(file.bytes) : `${formatCount(file.text.length)} characters`}
            </span>
          </span>
          {onRemove && (
            <button
              type="button"
              aria-label={`Remove ${file.name}`}
              onClick={() => onRemove(file.id)}
              className="icon-control inline-flex items-center justify-center rounded-control text-ink-2 hover:bg-hover"
            >
              <X aria-hidden size={16} strokeWidth={1.5} />
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
