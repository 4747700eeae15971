import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Me } from '../../../../../libs/contracts/me.js';
import type { RequestRecord } from '../../../../../libs/contracts/requests.js';
import { Button } from '../../../components/button.js';
import { PanelError } from '../../../components/panel-error.js';
import { fetchJson } from '../../../lib/api-client.js';
import { useMe } from '../../../lib/me.js';
import { requestQuery } from '../../../lib/requests.js';
import { Folded, StoredText } from './record-text.js';

/** Question and answer as far as they are stored. Another's are read only after a press that says it is recorded. */
export function RecordTexts({ record }: { readonly record: RequestRecord }) {
  const { promptPreview, responsePreview, hasHiddenText = false } = record;
  const isOwn = isOwnRecord(useMe(), record);
  if (promptPreview !== null || responsePreview !== null) {
    return (
      <>
        {!isOwn && (
          <p className="border-t border-line py-2 text-meta text-ink-2">Another’s text: this reading was recorded.</p>
        )}
        {promptPreview !== null && (
          <Folded title="Question" isOpen>
            <StoredText text={promptPreview} label="Question" />
          </Folded>
        )}
        {responsePreview !== null && (
          <Folded title="Answer">
            <StoredText text={responsePreview} label="Answer" />
          </Folded>
        )}
      </>
    );
  }
  if (hasHiddenText) return <ShowText requestId={record.requestId} />;
  return (
    <p className="border-t border-line py-2 text-control text-ink-2">
      Text was not stored (X-Gateway-No-Log, or previews are off).
    </p>
  );
}

/** Whose text it is. Without an administrator this machine's reader is alone, and calls without a key. */
function isOwnRecord(me: Me, { keyId, userId }: RequestRecord): boolean {
  if (me.kind === 'person') return userId === me.id;
  return me.kind === 'key' || (me.loopbackAdmin === true && keyId === 'anonymous');
}

function ShowText({ requestId }: { readonly requestId: string }) {
  const queryClient = useQueryClient();
  const reading = useMutation({
    mutationFn: () =>
      fetchJson<RequestRecord>(`/api/requests/${encodeURIComponent(requestId)}`, { query: { text: true } }),
    onSuccess: (record) => queryClient.setQueryData(requestQuery(requestId).queryKey, record),
  });
  return (
    <div className="border-t border-line py-2">
      {reading.error && <PanelError error={reading.error} onRetry={() => reading.mutate()} />}
      <Button onClick={() => reading.mutate()} disabled={reading.isPending}>
        Show text (this is recorded)
      </Button>
    </div>
  );
}
