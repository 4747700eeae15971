interface MiddleCutProps {
  readonly text: string;
  /** Characters kept at the end. */
  readonly tail?: number;
}

/** A long id cut in its middle: its end tells it from its neighbours. The whole is on hover and in a copy. */
export function MiddleCut({ text, tail = 6 }: MiddleCutProps) {
  return (
    <span className="inline-flex max-w-full min-w-0 font-mono" title={text}>
      <span className="truncate">{text.slice(0, -tail)}</span>
      <span className="shrink-0">{text.slice(-tail)}</span>
    </span>
  );
}
