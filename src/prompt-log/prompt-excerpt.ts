type Fields = Readonly<Record<string, unknown>>;

/** Fields that hold the prompt, in the order in which they are looked for. */
const PROMPT_FIELDS = ['messages', 'input', 'prompt', 'instructions', 'system'] as const;

/**
 * The text that a request asks with: of a conversation the newest message of its user, else the prompt or the input.
 * Reads no more of a large body than it returns.
 * @param fields the parsed body; anything may stand in it
 */
export function promptExcerpt(fields: Fields, maxChars: number): string {
  for (const name of PROMPT_FIELDS) {
    const value = fields[name];
    const text = textOf(isList(value) ? newestOfUser(value) : value, maxChars).slice(0, maxChars);
    if (text.trim() !== '') return text;
  }
  return '';
}

/** The newest message whose role is `user`; the list itself when it holds no such messages. */
function newestOfUser(items: readonly unknown[]): unknown {
  return items.findLast((item) => isFields(item) && item['role'] === 'user') ?? items;
}

function textOf(value: unknown, maxChars: number): string {
  if (typeof value === 'string') return value.slice(0, maxChars);
  if (isList(value)) return joined(value, maxChars);
  if (!isFields(value)) return '';
  if (typeof value['text'] === 'string') return value['text'].slice(0, maxChars);
  if ('content' in value) return textOf(value['content'], maxChars);
  const type = value['type'];
  return typeof type === 'string' && KINDS.test(type) ? `[${KINDS.exec(type)?.[0] ?? type}]` : '';
}

/** Parts that are no text are named. */
const KINDS = /image|audio|video|document|file|tool_result/;

function joined(items: readonly unknown[], maxChars: number): string {
  let text = '';
  for (const item of items) {
    const piece = textOf(item, maxChars - text.length);
    if (piece !== '') text += text === '' ? piece : `\n${piece}`;
    if (text.length >= maxChars) break;
  }
  return text;
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
