import { askForUsage, setModel, spliceBytes, type Edit } from '../../../libs/openai/json-body.js';
import type { ModelCall } from '../../http/model-call.js';
import type { Target } from '../../http/target.js';

/**
 * The request's bytes as they go upstream: the client's own, with the model's name and the wish for usage spliced in
 * where they differ.
 */
export function outgoingBody(call: ModelCall, target: Target): Buffer {
  const edits: Edit[] = [];
  const isOtherModel = target.servedModel !== call.model;
  if (call.json) {
    if (isOtherModel) edits.push(setModel(call.json, target.servedModel));
    const usage = wantsUsageAsked(call) ? askForUsage(call.json) : undefined;
    if (usage) edits.push(usage);
  } else if (isOtherModel && call.multipartModel) {
    edits.push({ span: call.multipartModel, text: target.servedModel });
  }
  return edits.length === 0 ? call.bytes : spliceBytes(call.bytes, edits);
}

/** Chat and completions streams report usage only when asked; the other formats always do. */
function wantsUsageAsked(call: ModelCall): boolean {
  return call.isStream && (call.format === 'chat' || call.format === 'completions');
}
