import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { RequestRecord } from '../../../../../libs/contracts/requests.js';
import { Button } from '../../../components/button.js';
import { PanelError } from '../../../components/panel-error.js';
import { fetchJson } from '../../../lib/api-client.js';
import { requestQuery } from '../../../lib/requests.js';
import { Folded, StoredText } from './record-text.js';

/** Question and answer as far as they are stored. Another's are read only after a press that says it is recorded. */
export function RecordTexts({ record }: { readonly record: RequestRecord }) {
  const { promptPreview, responsePreview, hasHiddenText = false } = record;
  if (promptPreview !== null || responsePreview !== null) {
    return (
      <>
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
