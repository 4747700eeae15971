/** What stands in a composer, by conversation; kept as typed, so that no reload loses it. */
const PREFIX = 'gateway.draft.';

export function readDraft(conversationId: string): string {
  try {
    return localStorage.getItem(PREFIX + conversationId) ?? '';
  } catch {
    return ''; // Storage is blocked: a draft lives as long as the page.
  }
}

export function writeDraft(conversationId: string, text: string): void {
  try {
    if (text) localStorage.setItem(PREFIX + conversationId, text);
    else localStorage.removeItem(PREFIX + conversationId);
  } catch (error) {
    // Full or blocked: the text is still in the field.
    if (!(error instanceof DOMException)) throw error;
  }
}
