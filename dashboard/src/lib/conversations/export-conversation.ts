import type { Answer, Conversation, Message } from './conversation.js';
import { pathOf } from './message-tree.js';

/** The shown path as Markdown, for people. */
export function toMarkdown(conversation: Conversation, messages: readonly Message[]): string {
  const system = conversation.settings.system.trim();
  const parts = pathOf(messages, conversation.sides).map((message) =>
    message.role === 'user'
      ? `## Question\n\n${[...message.attachments.map(({ name }) => `_Attached: ${name}_`), message.text].filter(Boolean).join('\n\n')}`
      : `## Answer (${modelOf(message)})\n\n${message.content.text || '_No answer._'}`,
  );
  return `${[`# ${conversation.title}`, ...(system ? [`## System prompt\n\n${system}`] : []), ...parts].join('\n\n')}\n`;
}

/** Everything, every version of every message, for programs. No key is in it: keys are not kept with chats. */
export function toJson(
  conversations: readonly { readonly conversation: Conversation; readonly messages: readonly Message[] }[],
): string {
  return `${JSON.stringify({ format: 'ai-gateway-chats', version: 1, conversations }, null, 2)}\n`;
}

function modelOf(answer: Answer): string {
  return answer.content.servedModel ?? answer.content.requestedModel;
}

/** A file name that every system takes. */
export function fileNameOf(title: string, extension: string): string {
  const name = title
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return `${name || 'chat'}.${extension}`;
}
