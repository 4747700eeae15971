import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';

/** Within this many px the reader has reached the end. */
const AT_END = 24;
/** "Latest" is offered when the end is further below than this. */
const FAR = 120;
/** A scroll so soon after a gesture was made by it. */
const GESTURE_MS = 300;

export interface ReaderScroll {
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** Put at the end of the text: where "the end" is, reserved space below it left out. */
  readonly end: RefObject<HTMLDivElement | null>;
  readonly isFarFromEnd: boolean;
  readonly goToEnd: () => void;
}

/**
 * The reader owns the scroll position. The page follows a growing answer only after the reader's own gesture
 * reached the end; any gesture upwards ends that. A measured position alone never starts or stops following.
 * @param contentKey changes when another conversation is shown: the view then starts at its end
 */
export function useReaderScroll(contentKey: string): ReaderScroll {
  const scroller = useRef<HTMLDivElement>(null);
  const end = useRef<HTMLDivElement>(null);
  const isFollowing = useRef(false);
  const gestureAt = useRef(0);
  const [isFarFromEnd, setFar] = useState(false);

  const distanceToEnd = useCallback((): number => {
    if (!scroller.current || !end.current) return 0;
    return end.current.getBoundingClientRect().top - scroller.current.getBoundingClientRect().bottom;
  }, []);

  const jumpToEnd = useCallback(() => {
    const distance = distanceToEnd();
    if (scroller.current && distance > 0) scroller.current.scrollTop += distance + 16;
  }, [distanceToEnd]);

  const goToEnd = useCallback(() => {
    isFollowing.current = true;
    jumpToEnd();
  }, [jumpToEnd]);

  useLayoutEffect(() => {
    isFollowing.current = false;
    jumpToEnd();
  }, [contentKey, jumpToEnd]);

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    let lastTop = element.scrollTop;
    const gesture = () => {
      gestureAt.current = performance.now();
    };
    const onDrag = (event: PointerEvent) => {
      if (event.buttons > 0) gesture();
    };
    const onWheel = (event: WheelEvent) => {
      gesture();
      if (event.deltaY < 0) isFollowing.current = false;
    };
    const onKeyDown = (event: KeyboardEvent) => {
      gesture();
      if (['PageUp', 'ArrowUp', 'Home'].includes(event.key)) isFollowing.current = false;
    };
    const onScroll = () => {
      const isUp = element.scrollTop < lastTop;
      lastTop = element.scrollTop;
      const distance = distanceToEnd();
      setFar(distance > FAR);
      if (performance.now() - gestureAt.current > GESTURE_MS) return;
      if (isUp) isFollowing.current = false;
      else if (distance <= AT_END) isFollowing.current = true;
    };
    const grown = new ResizeObserver(() => {
      if (isFollowing.current) jumpToEnd();
      setFar(distanceToEnd() > FAR);
    });
    for (const child of element.children) grown.observe(child);
    element.addEventListener('wheel', onWheel, { passive: true });
    element.addEventListener('touchmove', gesture, { passive: true });
    element.addEventListener('pointerdown', gesture);
    element.addEventListener('pointermove', onDrag);
    element.addEventListener('keydown', onKeyDown);
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      grown.disconnect();
      element.removeEventListener('wheel', onWheel);
      element.removeEventListener('touchmove', gesture);
      element.removeEventListener('pointerdown', gesture);
      element.removeEventListener('pointermove', onDrag);
      element.removeEventListener('keydown', onKeyDown);
      element.removeEventListener('scroll', onScroll);
    };
  }, [contentKey, distanceToEnd, jumpToEnd]);

  return { scroller, end, isFarFromEnd, goToEnd };
}
