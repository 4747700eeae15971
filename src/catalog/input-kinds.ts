import type { InputKind } from '../../libs/contracts/models.js';

/** Families of models that read pictures, by the beginning of the id after its maker's name. */
const SEES =
  /^(?:gpt-4o|gpt-4\.1|gpt-4\.5|gpt-4-turbo|gpt-[5-9]|chatgpt-4o|o1(?!-mini|-preview)|o[34](?!-mini-high)|claude-(?:3|sonnet|opus|haiku)|gemini|pixtral|llava|qwen[\d.]*-vl|llama-3\.2-(?:11|90)b|llama-4)/i;
const HEARS = /^(?:whisper|gpt-4o(?:-mini)?-(?:audio|transcribe|realtime)|gpt-audio|gpt-realtime|gemini|voxtral)/i;
const ONLY_HEARS = /^(?:whisper|gpt-4o(?:-mini)?-transcribe)/i;

/**
 * What a model takes: as its upstream's list says where it says so (OpenRouter and others), else by its family. A
 * guess for the reader of a list; nothing is refused because of it.
 */
export function inputKindsOf(model: string, listed: Readonly<Record<string, unknown>> = {}): readonly InputKind[] {
  const told = toldKinds(listed);
  if (told) return told;
  const family = model.slice(model.lastIndexOf('/') + 1);
  if (ONLY_HEARS.test(family)) return ['audio'];
  return ['text', ...(SEES.test(family) ? ['image'] : []), ...(HEARS.test(family) ? ['audio'] : [])];
}

function toldKinds({ architecture }: Readonly<Record<string, unknown>>): readonly InputKind[] | undefined {
  if (typeof architecture !== 'object' || architecture === null || !('input_modalities' in architecture))
    return undefined;
  const { input_modalities: kinds } = architecture;
  if (!Array.isArray(kinds)) return undefined;
  const known = kinds.filter((kind: unknown): kind is string => typeof kind === 'string' && kind.length <= 32);
  return known.length > 0 ? known.slice(0, 8) : undefined;
}
