import { newAnswer } from '../completion/answer-content.js';
import { noParameters } from '../completion/completion-request.js';
import type { Conversation, Message } from './conversation.js';
import { fileNameOf, toJson, toMarkdown } from './export-conversation.js';
import { searchConversations } from './search-conversations.js';

const conversation: Conversation = {
  id: 'c',
  title: 'Invoice parser',
  isTitleOwn: false,
  createdAt: '2026-11-24T10:00:00Z',
  updatedAt: '2026-11-24T10:00:00Z',
  settings: { ...noParameters, model: 'demo', system: 'Be brief.' },
  sides: {},
  branchedFrom: null,
};

const messages: readonly Message[] = [
  {
    id: 'q',
    conversationId: 'c',
    parentId: null,
    createdAt: '1',
    role: 'user',
    text: 'Turn this into JSON',
    attachments: [],
  },
  {
    id: 'a',
    conversationId: 'c',
    parentId: 'q',
    createdAt: '2',
    role: 'assistant',
    content: {
      ...newAnswer('req', 'demo', 0),
      state: 'done',
      text: 'Here is the *structure* of the invoice.',
      servedModel: 'demo-1',
    },
    savedAtMs: 0,
  },
];

describe('a conversation as text', () => {
  it('becomes Markdown with the source of each message', () => {
    expect(toMarkdown(conversation, messages)).toBe(
      '# Invoice parser\n\n## System prompt\n\nBe brief.\n\n## Question\n\nTurn this into JSON\n\n## Answer (demo-1)\n\nHere is the *structure* of the invoice.\n',
    );
  });

  it('becomes JSON that holds everything', () => {
    expect(JSON.parse(toJson([{ conversation, messages }]))).toMatchObject({
      version: 1,
      conversations: [{ messages: [{ id: 'q' }, { id: 'a' }] }],
    });
  });

  it('is found by title and by what was said', () => {
    expect(searchConversations('PARSER', [conversation], messages)).toEqual([{ conversation, excerpt: null }]);
    expect(searchConversations('structure invoice', [conversation], messages)[0]?.excerpt).toContain('*structure*');
    expect(searchConversations('absent', [conversation], messages)).toEqual([]);
  });

  it('has a file name that every system takes', () => {
    expect(fileNameOf('SQL: review / “quotes”?', 'md')).toBe('SQL-review-quotes.md');
    expect(fileNameOf('///', 'json')).toBe('chat.json');
  });
});
