import { useNavigate } from '@tanstack/react-router';
import { MessageSquare } from 'lucide-react';
import type { RequestRecord } from '../../../../../libs/contracts/requests.js';
import { Button } from '../../../components/button.js';
import { CopyButton } from '../../../components/copy-button.js';
import { NEW_CHAT, readDraft, writeDraft } from '../../../lib/drafts.js';
import { asCurl } from './as-curl.js';

/** What to do with a call: ask it again in the chat, or from a terminal. */
export function RecordActions({ record }: { readonly record: RequestRecord }) {
  const navigate = useNavigate();
  const { model, promptPreview } = record;
  const openInChat = () => {
    const draft = readDraft(NEW_CHAT);
    // What stands in the composer already is kept: nothing typed is ever lost.
    if (promptPreview && !draft.includes(promptPreview)) {
      writeDraft(NEW_CHAT, draft ? `${draft}\n\n${promptPreview}` : promptPreview);
    }
    void navigate({ to: '/chat/{-$id}', params: { id: undefined }, search: { model: model ?? undefined } });
  };
  return (
    <div className="flex flex-wrap items-center gap-2">
      {model !== null && (
        <Button icon={<MessageSquare aria-hidden size={16} strokeWidth={1.5} />} onClick={openInChat}>
          Open in chat
        </Button>
      )}
      <CopyButton text={() => asCurl(record, location.origin)} className="border border-line-strong px-3">
        Copy as curl
      </CopyButton>
    </div>
  );
}
