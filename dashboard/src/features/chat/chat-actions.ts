import { createContext, useContext } from 'react';
import type { Answer, ChatSettings, Message, Question } from '../../lib/conversations/conversation.js';

/** What can be done with the messages of the shown conversation. One object for the page's life: no message is drawn anew for it. */
export interface ChatActions {
  /** What the chat is asked with at this moment. */
  readonly settings: () => ChatSettings;
  /** Asks the question above an answer again, of the same model or another. */
  readonly regenerate: (
    question: Question,
    change?: Partial<ChatSettings> & { readonly leaveOutOlder?: boolean },
  ) => void;
  readonly edit: (question: Question, text: string) => void;
  readonly continueAnswer: (change?: Partial<ChatSettings>) => void;
  readonly branch: (message: Message) => void;
  readonly remove: (message: Message) => void;
  readonly show: (message: Message, id: string) => void;
  readonly stop: (answer: Answer) => void;
  /** Opens the list of models; the chosen one answers this question again. */
  readonly chooseModelFor: (question: Question) => void;
  /** Opens the field for a key; afterwards this question is asked again. */
  readonly changeKeyFor: (question: Question) => void;
  readonly openRecord: (requestId: string) => void;
  readonly signIn: () => void;
  readonly startEditing: (question: Question) => void;
}

const ChatActionsContext = createContext<ChatActions | null>(null);

export const ChatActionsProvider = ChatActionsContext.Provider;

export function useChatActions(): ChatActions {
  const actions = useContext(ChatActionsContext);
  if (!actions) throw new Error('Messages are shown inside a chat only.');
  return actions;
}
