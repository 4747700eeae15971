import type { AnswerContent } from '../completion/answer-content.js';
import type { Parameters } from '../completion/completion-request.js';

/** What a chat is asked with; kept with the conversation, and as the start of the next one. */
export interface ChatSettings extends Parameters {
  readonly model: string;
}

export interface Conversation {
  readonly id: string;
  readonly title: string;
  /** The reader named it: it is not renamed by itself. */
  readonly isTitleOwn: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly settings: ChatSettings;
  /** At each fork the side that was last looked at: parent's id (`root` at the top) → child's id. */
  readonly sides: Readonly<Record<string, string>>;
  /** Where it was branched off. */
  readonly branchedFrom: { readonly conversationId: string; readonly messageId: string; readonly title: string } | null;
}

export type Attachment =
  | {
      readonly id: string;
      readonly kind: 'image';
      readonly name: string;
      readonly dataUrl: string;
      readonly bytes: number;
    }
  | { readonly id: string; readonly kind: 'text'; readonly name: string; readonly text: string };

interface MessageBase {
  readonly id: string;
  readonly conversationId: string;
  /** `null` at the top of the conversation. */
  readonly parentId: string | null;
  readonly createdAt: string;
}

export interface Question extends MessageBase {
  readonly role: 'user';
  readonly text: string;
  readonly attachments: readonly Attachment[];
}

export interface Answer extends MessageBase {
  readonly role: 'assistant';
  readonly content: AnswerContent;
  /** When its text was last stored, ms: an unfinished answer that nobody stores any more was interrupted. */
  readonly savedAtMs: number;
}

/** Messages never change once they have ended; they are only added and deleted. */
export type Message = Question | Answer;
