interface KeyPress {
  readonly isComposing: boolean;
  readonly keyCode: number;
}

/**
 * Whether a key press belongs to an input method that is composing a character: Enter then accepts the
 * character and must do nothing else. Safari ends the composition before its keydown, and says 229.
 */
export function isComposing(event: KeyPress): boolean {
  return event.isComposing || event.keyCode === 229;
}

/** Whether the press happens where letters are typed. */
export function isTypingTarget(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}
