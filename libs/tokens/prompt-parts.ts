import { imageTokens } from './image-tokens.js';
import type { PromptFormat } from './prompt-format.js';

/** What of a request costs input tokens. */
export interface PromptParts {
  /** All text that the model reads, in order. */
  readonly texts: readonly string[];
  /** Tokens that are no text: images, audio, documents, ready-made token ids, the wrapping of messages. */
  readonly fixedTokens: number;
}

type Fields = Readonly<Record<string, unknown>>;

/** The fields of a body that hold prompt text, in the order in which a model reads them. */
const PROMPT_FIELDS: Readonly<Record<PromptFormat, readonly string[]>> = {
  chat: ['tools', 'functions', 'response_format', 'messages', 'prediction'],
  completions: ['prompt', 'suffix'],
  embeddings: ['input'],
  responses: ['instructions', 'tools', 'text', 'prompt', 'input'],
  messages: ['tools', 'system', 'messages'],
  moderations: ['input'],
  images: ['prompt'],
  audio: ['input', 'instructions', 'prompt'],
};

/** Sent as JSON to the model: every character counts. */
const JSON_FIELDS: ReadonlySet<string> = new Set(['tools', 'functions', 'response_format', 'text', 'prediction']);

/** What a chat template puts around each message, and before the answer. */
const TOKENS_PER_MESSAGE = 3;
const TOKENS_BEFORE_ANSWER = 3;
/** Documents and audio are sent as base64 (or as an id): about 10 tokens for each second, a second being 16 kB. */
const TOKENS_PER_AUDIO_CHAR = 10 / 21_000;
const TOKENS_PER_DOCUMENT = 2_000;

/**
 * Collects what a request asks a model to read.
 * @param fields a parsed body; fields of an unexpected type are skipped, never an error
 */
export function promptParts(fields: Fields, format: PromptFormat): PromptParts {
  const parts = new Collector(format);
  for (const name of PROMPT_FIELDS[format]) {
    const value = fields[name];
    if (value === undefined || value === null) continue;
    if (JSON_FIELDS.has(name)) parts.addJson(value);
    else parts.add(value);
  }
  if (format === 'chat' || format === 'messages') parts.addTokens(TOKENS_BEFORE_ANSWER);
  return { texts: parts.texts, fixedTokens: Math.ceil(parts.fixedTokens) };
}

/** The countable text of a request, without images and other fixed amounts. */
export function promptText(fields: Fields, format: PromptFormat): string {
  return promptParts(fields, format).texts.join('\n');
}

class Collector {
  readonly texts: string[] = [];
  fixedTokens = 0;

  constructor(private readonly format: PromptFormat) {}

  addTokens(tokens: number): void {
    this.fixedTokens += tokens;
  }

  addJson(value: unknown): void {
    this.texts.push(JSON.stringify(value));
  }

  /** A text, a token id, a message, a content part, or a list of them. */
  add(value: unknown): void {
    if (typeof value === 'string') this.texts.push(value);
    else if (typeof value === 'number') this.addTokens(1);
    else if (Array.isArray(value)) for (const item of value as readonly unknown[]) this.add(item);
    else if (typeof value === 'object' && value !== null) this.addObject(value as Fields);
  }

  private addObject(item: Fields): void {
    if (this.addMedia(item)) return;
    if (typeof item['role'] === 'string') {
      this.texts.push(item['role']);
      this.addTokens(TOKENS_PER_MESSAGE);
    }
    // `text`, `refusal`, `thinking`, `output` and `arguments` are where the part types keep their text.
    for (const name of ['name', 'text', 'content', 'refusal', 'thinking', 'arguments', 'output', 'summary']) {
      this.add(item[name]);
    }
    for (const name of ['tool_calls', 'function_call', 'input', 'variables']) {
      if (item[name] !== undefined && item[name] !== null) this.addJson(item[name]);
    }
  }

  /** @returns whether the part is an image, a sound or a document, whose bytes are not text */
  private addMedia(part: Fields): boolean {
    switch (part['type']) {
      case 'image_url':
      case 'input_image':
      case 'image':
      case 'computer_screenshot':
        this.addTokens(imageTokens(part, this.format));
        return true;
      case 'input_audio':
        this.addTokens(charsOf(part['input_audio'], 'data') * TOKENS_PER_AUDIO_CHAR);
        return true;
      case 'file':
      case 'input_file':
        this.addTokens(TOKENS_PER_DOCUMENT);
        return true;
      case 'document':
        this.addDocument(part['source']);
        return true;
      default:
        return false;
    }
  }

  private addDocument(source: unknown): void {
    const { type, data, content } = (source ?? {}) as Fields;
    if (type === 'text') this.add(data);
    else if (type === 'content') this.add(content);
    else this.addTokens(TOKENS_PER_DOCUMENT);
  }
}

function charsOf(holder: unknown, name: string): number {
  const value = typeof holder === 'object' && holder !== null ? (holder as Fields)[name] : undefined;
  return typeof value === 'string' ? value.length : 0;
}
