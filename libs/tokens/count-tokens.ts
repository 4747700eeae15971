import { setImmediate } from 'node:timers/promises';

type CountPiece = (text: string, options: { readonly disallowedSpecial: Set<string> }) => number;

/** A single word of 100 KB costs the encoder 6 s, since its time grows with the square; 1,024 characters cost 2 ms. */
const PIECE_CHARS = 1_024;
/** How long a count may keep the event loop before others have their turn. */
const SLICE_MS = 5;
/** Text that spells `<|endoftext|>` is text; the encoder would throw. */
const AS_PLAIN_TEXT = { disallowedSpecial: new Set<string>() };

/**
 * Counts the tokens of a text as OpenAI's encoding of that model would (an estimate for other makers' models). Cut in
 * pieces, so 0.25 % high at most; yields to the event loop between them.
 * @param model any model id; unknown ones count with the newest encoding
 */
export async function countTokens(text: string, model: string): Promise<number> {
  if (text === '') return 0;
  const countPiece = await encodingOf(model);
  let tokens = 0;
  let yieldAtMs = performance.now() + SLICE_MS;
  for (const piece of piecesOf(text)) {
    tokens += countPiece(piece, AS_PLAIN_TEXT);
    if (performance.now() < yieldAtMs) continue;
    await setImmediate();
    yieldAtMs = performance.now() + SLICE_MS;
  }
  return tokens;
}

/** Loads the encoding of a model ahead of its first count: about 150 ms and 60 MB, once per process. */
export async function preloadTokenizer(model = 'gpt-4o'): Promise<void> {
  await encodingOf(model);
}

/** The models before GPT-4o, and the embeddings. */
const CL100K_MODELS = /^(?:gpt-4(?![.o\d])|gpt-3\.5|gpt-35|text-embedding-|davinci-002|babbage-002)/;

function encodingOf(model: string): Promise<CountPiece> {
  const ownId = model.slice(model.lastIndexOf('/') + 1).replace(/^ft:/, '');
  return CL100K_MODELS.test(ownId) ? loadCl100k() : loadO200k();
}

// The tables are large: they are read when something is first counted, and then kept by the module loader.
async function loadO200k(): Promise<CountPiece> {
  return (await import('gpt-tokenizer/encoding/o200k_base')).countTokens;
}

async function loadCl100k(): Promise<CountPiece> {
  return (await import('gpt-tokenizer/encoding/cl100k_base')).countTokens;
}

function* piecesOf(text: string): Generator<string> {
  let from = 0;
  while (from < text.length) {
    let to = Math.min(from + PIECE_CHARS, text.length);
    // A character of two code units is not cut in half, else each half counts as three tokens.
    if (to < text.length && isHighSurrogate(text.charCodeAt(to - 1))) to -= 1;
    yield text.slice(from, to);
    from = to;
  }
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}
