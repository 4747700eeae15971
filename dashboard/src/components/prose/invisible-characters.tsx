import type { ReactNode } from 'react';

/** Characters that cannot be seen, or that turn the direction of what follows: they hide what code does. */
const INVISIBLE = /(\u034f|[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}])/u;

/** Draws such characters as their code points. */
export function markInvisible(text: string): ReactNode {
  if (!INVISIBLE.test(text)) return text;
  return text.split(new RegExp(INVISIBLE, 'u')).map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      <span key={index} title="An invisible character" className="rounded-chip bg-danger-soft px-0.5 text-danger">
        U+{(part.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}
      </span>
    ),
  );
}
