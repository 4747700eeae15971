import type { ContentPart, WireMessage } from '../completion/completion-request.js';
import type { Answer, Message, Question } from './conversation.js';

/** The key of the top in `Conversation.sides`. */
export const ROOT = 'root';

export type Sides = Readonly<Record<string, string>>;

/** The children of each message, in the order in which they were made. */
export function childrenOf(messages: readonly Message[]): ReadonlyMap<string, readonly Message[]> {
  const children = new Map<string, Message[]>();
  for (const message of [...messages].sort(byCreation)) {
    const parent = message.parentId ?? ROOT;
    const siblings = children.get(parent);
    if (siblings) siblings.push(message);
    else children.set(parent, [message]);
  }
  return children;
}

function byCreation(a: Message, b: Message): number {
  return a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : a.id < b.id ? -1 : 1;
}

/** From the top to a leaf: at each fork the remembered side, else the newest. */
export function pathOf(messages: readonly Message[], sides: Sides): readonly Message[] {
  const children = childrenOf(messages);
  const path: Message[] = [];
  let siblings = children.get(ROOT);
  while (siblings && siblings.length > 0) {
    const parent = path.at(-1)?.id ?? ROOT;
    const next: Message | undefined = siblings.find((message) => message.id === sides[parent]) ?? siblings.at(-1);
    if (!next || path.includes(next)) break;
    path.push(next);
    siblings = children.get(next.id);
  }
  return path;
}

export interface Versions {
  readonly ids: readonly string[];
  readonly index: number;
  /** Messages that hang on another version while this one has none: "4 later messages are on version 1". */
  readonly elsewhere: { readonly count: number; readonly index: number } | null;
}

/** The versions of a message: it and its siblings. */
export function versionsOf(message: Message, children: ReadonlyMap<string, readonly Message[]>): Versions {
  const siblings = (children.get(message.parentId ?? ROOT) ?? []).filter(({ role }) => role === message.role);
  const ids = siblings.map(({ id }) => id);
  const index = ids.indexOf(message.id);
  if (ids.length < 2) return { ids, index, elsewhere: null };
  const expected = message.role === 'user' ? 1 : 0;
  const below = (id: string): number => subtreeOf(id, children).length - 1;
  if (below(message.id) > expected) return { ids, index, elsewhere: null };
  const counts = ids.map((id, at) => ({ count: at === index ? 0 : below(id) - expected, index: at }));
  const most = counts.reduce((best, next) => (next.count > best.count ? next : best), { count: 0, index: -1 });
  return { ids, index, elsewhere: most.count > 0 ? most : null };
}

/** A message and all that hang on it. */
export function subtreeOf(id: string, children: ReadonlyMap<string, readonly Message[]>): readonly string[] {
  const ids = [id];
  for (const next of ids) for (const child of children.get(next) ?? []) ids.push(child.id);
  return ids;
}

/** What is sent: the path, without answers that have no text. */
export function toWireMessages(path: readonly Message[]): readonly WireMessage[] {
  return path.flatMap((message): readonly WireMessage[] => {
    if (message.role === 'user') return [{ role: 'user', content: contentOf(message) }];
    return message.content.text ? [{ role: 'assistant', content: message.content.text }] : [];
  });
}

function contentOf(question: Question): string | readonly ContentPart[] {
  const files = question.attachments.flatMap((file) =>
    file.kind === 'text' ? [`File ${file.name}:\n${fenced(file.text)}`] : [],
  );
  const text = [...files, question.text].filter(Boolean).join('\n\n');
  const images = question.attachments.flatMap((file): readonly ContentPart[] =>
    file.kind === 'image' ? [{ type: 'image_url', image_url: { url: file.dataUrl } }] : [],
  );
  if (images.length === 0) return text;
  return text ? [{ type: 'text', text }, ...images] : images;
}

/** A fence longer than any inside the text. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(Math.max(3, longest + 1));
  return `${fence}\n${text}\n${fence}`;
}

export function lastQuestion(path: readonly Message[]): Question | undefined {
  return path.findLast((message): message is Question => message.role === 'user');
}

export function lastAnswer(path: readonly Message[]): Answer | undefined {
  return path.findLast((message): message is Answer => message.role === 'assistant');
}
