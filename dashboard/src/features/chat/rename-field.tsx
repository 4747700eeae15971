import { useEffect, useRef, useState } from 'react';
import { isComposing } from '../../lib/typing.js';

/** The name of a chat, while it is changed. Enter and leaving keep it, Esc does not. */
export function RenameField({
  title,
  onDone,
}: {
  readonly title: string;
  readonly onDone: (title: string | null) => void;
}) {
  const [text, setText] = useState(title);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);
  return (
    <input
      ref={field}
      autoFocus
      aria-label="Name of the chat"
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => onDone(text.trim())}
      onKeyDown={(event) => {
        if (isComposing(event.nativeEvent)) return;
        if (event.key === 'Enter') onDone(text.trim());
        if (event.key === 'Escape') {
          event.stopPropagation();
          onDone(null);
        }
      }}
      className="control-h w-full rounded-control border border-line-strong bg-surface px-2 text-control"
    />
  );
}
