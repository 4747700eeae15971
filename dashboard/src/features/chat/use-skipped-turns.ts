import { useEffect, type RefObject } from 'react';

/** With fewer turns there is nothing to win. */
const FROM_TURNS = 20;
/** The last ones grow, and are looked at. */
const NEVER_SKIPPED = 3;

/**
 * Lets the browser skip drawing turns that are out of view. Each keeps its own measured height, never a guess: a
 * guess would move the text under the reader. Skipped turns stay in the page, so Ctrl F finds them.
 */
export function useSkippedTurns(list: RefObject<HTMLOListElement | null>, turns: number): void {
  useEffect(() => {
    const element = list.current;
    if (!element || turns < FROM_TURNS) return;
    let width = 0;
    let due: ReturnType<typeof setTimeout> | undefined;
    const measure = () => {
      const items = [...element.children].slice(0, -NEVER_SKIPPED) as HTMLElement[];
      // First all heights, then all styles: one layout, not one a turn.
      const heights = items.map((item) => (item.style.contentVisibility ? null : item.offsetHeight));
      items.forEach((item, index) => {
        const height = heights[index];
        if (height === null || height === undefined) return;
        item.style.containIntrinsicSize = `auto ${height}px`;
        item.style.contentVisibility = 'auto';
      });
    };
    const measureAnew = () => {
      for (const item of element.children) (item as HTMLElement).style.contentVisibility = '';
      clearTimeout(due);
      due = setTimeout(measure, 300);
    };
    const observer = new ResizeObserver(([entry]) => {
      const next = Math.round(entry?.contentRect.width ?? 0);
      if (next === width) return;
      width = next;
      measureAnew();
    });
    observer.observe(element);
    return () => {
      clearTimeout(due);
      observer.disconnect();
    };
  }, [list, turns]);
}
