/** When the page draws, hides and goes away. */
export interface PageFrames {
  /** Runs before the next drawing; in a hidden tab, which gets none, after a second. @returns what cancels it */
  readonly schedule: (run: () => void) => () => void;
  /** @returns what ends the listening */
  readonly onHiddenOrShown: (listener: () => void) => () => void;
  /** The page is about to go: what is not kept at once is lost. @returns what ends the listening */
  readonly onLeave: (listener: () => void) => () => void;
}

const HIDDEN_MS = 1000;

export const browserFrames: PageFrames = {
  schedule: (run) => {
    if (document.hidden) {
      const timer = setTimeout(run, HIDDEN_MS);
      return () => clearTimeout(timer);
    }
    const frame = requestAnimationFrame(run);
    return () => cancelAnimationFrame(frame);
  },
  onHiddenOrShown: (listener) => {
    document.addEventListener('visibilitychange', listener);
    return () => document.removeEventListener('visibilitychange', listener);
  },
  onLeave: (listener) => {
    addEventListener('pagehide', listener);
    return () => removeEventListener('pagehide', listener);
  },
};
