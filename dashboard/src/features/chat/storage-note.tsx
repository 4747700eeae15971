import { useEffect, useState } from 'react';
import { STORAGE_REFUSED } from '../../lib/conversations/live-answers.js';

/** The browser would not keep an answer: the reader must know before the tab closes. */
export function StorageNote() {
  const [isRefused, setRefused] = useState(false);
  useEffect(() => {
    const notice = () => setRefused(true);
    addEventListener(STORAGE_REFUSED, notice);
    return () => removeEventListener(STORAGE_REFUSED, notice);
  }, []);
  if (!isRefused) return null;
  return (
    <p role="alert" className="bg-warn-soft px-4 py-2 text-control">
      This browser keeps no more chats: its storage is full or refused. Export what you need, or delete old chats under
      Settings.
    </p>
  );
}
