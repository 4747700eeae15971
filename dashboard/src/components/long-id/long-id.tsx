import { MiddleCut } from '../middle-cut.js';

interface LongIdProps {
  readonly text: string;
  /** Characters kept at the end of one that is cut. */
  readonly tail?: number;
}

/** Shorter ones have room anywhere, and a cut would only tear them apart. */
const LONGEST_WHOLE = 28;

/** An id: whole where it is short, cut in its middle where it is long; read out whole in any case. */
export function LongId({ text, tail = 10 }: LongIdProps) {
  if (text.length <= LONGEST_WHOLE) {
    return (
      <span className="block min-w-0 truncate font-mono" title={text}>
        {text}
      </span>
    );
  }
  return (
    <span className="relative inline-flex max-w-full min-w-0">
      <span className="sr-only">{text}</span>
      <span aria-hidden className="inline-flex min-w-0">
        <MiddleCut text={text} tail={tail} />
      </span>
    </span>
  );
}
