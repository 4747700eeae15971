import { newAnswer } from '../completion/answer-content.js';
import type { Answer, Message, Question } from './conversation.js';
import { childrenOf, pathOf, subtreeOf, toWireMessages, versionsOf } from './message-tree.js';

let order = 0;
const at = (): string => new Date(1_000_000 + order++).toISOString();

function aQuestion(id: string, parentId: string | null, more: Partial<Question> = {}): Question {
  return {
    id,
    conversationId: 'c',
    parentId,
    createdAt: at(),
    role: 'user',
    text: `text of ${id}`,
    attachments: [],
    ...more,
  };
}

function anAnswer(id: string, parentId: string, text = `text of ${id}`): Answer {
  const content = { ...newAnswer('req', 'demo', 0), state: 'done' as const, text };
  return { id, conversationId: 'c', parentId, createdAt: at(), role: 'assistant', content, savedAtMs: 0 };
}

const ids = (messages: readonly Message[]): readonly string[] => messages.map(({ id }) => id);

describe('the tree of a conversation', () => {
  const q1 = aQuestion('q1', null);
  const a1 = anAnswer('a1', 'q1');
  const q2 = aQuestion('q2', 'a1');
  const a2 = anAnswer('a2', 'q2');
  const a1b = anAnswer('a1b', 'q1');
  const messages = [q1, a1, q2, a2, a1b];

  it('shows the newest side of a fork', () => {
    expect(ids(pathOf(messages, {}))).toEqual(['q1', 'a1b']);
  });

  it('remembers the side that was looked at', () => {
    expect(ids(pathOf(messages, { q1: 'a1' }))).toEqual(['q1', 'a1', 'q2', 'a2']);
  });

  it('falls back to the newest when the remembered side was deleted', () => {
    expect(ids(pathOf([q1, a1b], { q1: 'a1' }))).toEqual(['q1', 'a1b']);
  });

  it('says where later messages are', () => {
    const children = childrenOf(messages);
    expect(versionsOf(a1b, children)).toEqual({ ids: ['a1', 'a1b'], index: 1, elsewhere: { count: 2, index: 0 } });
    expect(versionsOf(a1, children).elsewhere).toBeNull();
  });

  it('does not call the answer of an edited question a later message', () => {
    const q2b = aQuestion('q2b', 'a1');
    const a2b = anAnswer('a2b', 'q2b');
    expect(versionsOf(q2b, childrenOf([...messages, q2b, a2b])).elsewhere).toBeNull();
  });

  it('finds everything that hangs on a message', () => {
    expect(subtreeOf('a1', childrenOf(messages))).toEqual(['a1', 'q2', 'a2']);
  });

  it('sends the path without answers that have no text', () => {
    const failed = anAnswer('a3', 'q2', '');
    expect(toWireMessages([q1, a1, q2, failed])).toEqual([
      { role: 'user', content: 'text of q1' },
      { role: 'assistant', content: 'text of a1' },
      { role: 'user', content: 'text of q2' },
    ]);
  });

  it('sends files before the text, in a fence that they cannot close, and pictures as parts', () => {
    const question = aQuestion('q', null, {
      attachments: [
        { id: 'f', kind: 'text', name: 'a.md', text: '```x```' },
        { id: 'i', kind: 'image', name: 'p.png', dataUrl: 'data:image/png;base64,AA', bytes: 1 },
      ],
    });
    expect(toWireMessages([question])).toEqual([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'File a.md:\n````\n```x```\n````\n\ntext of q' },
          { type: 'image_url', image_url: { url: 'data:image/png;base64,AA' } },
        ],
      },
    ]);
  });
});
