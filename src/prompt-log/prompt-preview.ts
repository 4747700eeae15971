import { previewWindow, redactedPreview } from '../../libs/redaction/redact-text.js';
import type { ModelCall } from '../http/model-call.js';
import { promptExcerpt } from './prompt-excerpt.js';

/** The preview of what a call asks, without secrets; null when it holds no text. */
export function promptPreview(call: ModelCall, maxChars: number): string | null {
  const text = promptExcerpt(call.fields, previewWindow(maxChars));
  return text === '' ? null : redactedPreview(text, maxChars);
}
