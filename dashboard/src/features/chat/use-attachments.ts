import { useCallback, useState } from 'react';
import type { Attachment } from '../../lib/conversations/conversation.js';
import { FileRefusedError, toAttachment } from './attachments.js';

export interface Attachments {
  readonly list: readonly Attachment[];
  /** Files that were refused, by name and reason. */
  readonly refusals: readonly string[];
  readonly addFiles: (files: readonly File[]) => Promise<void>;
  readonly add: (attachment: Attachment) => void;
  readonly remove: (id: string) => void;
  readonly replace: (list: readonly Attachment[]) => void;
}

const nothing: readonly Attachment[] = [];

/** The files beside what is being typed, apart for each conversation: those of one never go along with another. */
export function useAttachments(conversationId: string): Attachments {
  const [lists, setLists] = useState<Readonly<Record<string, readonly Attachment[]>>>({});
  const [refusals, setRefusals] = useState<readonly string[]>([]);
  const change = useCallback(
    (next: (before: readonly Attachment[]) => readonly Attachment[]) =>
      setLists((before) => ({ ...before, [conversationId]: next(before[conversationId] ?? nothing) })),
    [conversationId],
  );
  const add = useCallback((attachment: Attachment) => change((before) => [...before, attachment]), [change]);
  const addFiles = useCallback(
    async (files: readonly File[]) => {
      setRefusals([]);
      for (const file of files) {
        try {
          add(await toAttachment(file));
        } catch (error) {
          if (!(error instanceof FileRefusedError)) throw error;
          setRefusals((before) => [...before, error.message]);
        }
      }
    },
    [add],
  );
  const remove = useCallback((id: string) => change((before) => before.filter((item) => item.id !== id)), [change]);
  const replace = useCallback(
    (next: readonly Attachment[]) => {
      setRefusals([]);
      change(() => next);
    },
    [change],
  );
  return { list: lists[conversationId] ?? nothing, refusals, addFiles, add, remove, replace };
}
