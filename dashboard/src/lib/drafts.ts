/** What stands in a composer, by conversation; kept as typed, so that no reload loses it. */
const PREFIX = 'gateway.draft.';

/** The name of the draft of a chat that is not begun. */
export const NEW_CHAT = 'new';

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

/** What was typed on after the first question went out belongs to the chat that it began. */
export function moveDraft(from: string, to: string): void {
  writeDraft(to, readDraft(from));
  writeDraft(from, '');
}
