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

/** The files beside what is being typed. */
export function useAttachments(): Attachments {
  const [list, setList] = useState<readonly Attachment[]>([]);
  const [refusals, setRefusals] = useState<readonly string[]>([]);
  const add = useCallback((attachment: Attachment) => setList((before) => [...before, attachment]), []);
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
  const remove = useCallback((id: string) => setList((before) => before.filter((item) => item.id !== id)), []);
  const replace = useCallback((next: readonly Attachment[]) => {
    setRefusals([]);
    setList(next);
  }, []);
  return { list, refusals, addFiles, add, remove, replace };
}
