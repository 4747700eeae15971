import { useEffect, useRef, useState } from 'react';

interface Tip {
  readonly text: string;
  readonly left: number;
  readonly top: number;
  readonly isBelow: boolean;
}

const DELAY_MS = 500;

/**
 * Words on hover and on keyboard focus for whatever carries `data-tip`. One layer for the whole page: no control
 * needs a wrapper. Never the only place where something is said: the control has its accessible name.
 */
export function TooltipLayer() {
  const [tip, setTip] = useState<Tip | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    const hide = () => {
      clearTimeout(timer.current);
      setTip(null);
    };
    const show = (target: EventTarget | null, delayMs: number) => {
      hide();
      const element = target instanceof Element ? target.closest('[data-tip]') : null;
      if (element) timer.current = setTimeout(() => setTip(placeOf(element)), delayMs);
    };
    const onPointerOver = (event: PointerEvent) => {
      if (event.pointerType !== 'touch') show(event.target, DELAY_MS);
    };
    const onFocusIn = (event: FocusEvent) => {
      if (event.target instanceof Element && event.target.matches(':focus-visible')) show(event.target, 0);
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape') hide();
    };
    addEventListener('pointerover', onPointerOver);
    addEventListener('focusin', onFocusIn);
    addEventListener('keydown', onKeyDown);
    addEventListener('pointerdown', hide);
    addEventListener('focusout', hide);
    addEventListener('scroll', hide, true);
    return () => {
      hide();
      removeEventListener('pointerover', onPointerOver);
      removeEventListener('focusin', onFocusIn);
      removeEventListener('keydown', onKeyDown);
      removeEventListener('pointerdown', hide);
      removeEventListener('focusout', hide);
      removeEventListener('scroll', hide, true);
    };
  }, []);
  if (!tip) return null;
  return (
    <div
      aria-hidden
      style={{ left: tip.left, top: tip.top, transform: `translate(-50%, ${tip.isBelow ? '0' : '-100%'})` }}
      className="animate-popover pointer-events-none fixed z-60 max-w-72 rounded-control bg-ink px-2 py-1 text-meta break-words text-canvas"
    >
      {tip.text}
    </div>
  );
}

function placeOf(element: Element): Tip | null {
  const text = element.getAttribute('data-tip');
  if (!text || !element.isConnected) return null;
  const box = element.getBoundingClientRect();
  const isBelow = box.top < 48;
  const halfWidth = Math.min(144, text.length * 3.5 + 8);
  const middle = box.left + box.width / 2;
  const left = Math.max(halfWidth + 4, Math.min(innerWidth - halfWidth - 4, middle));
  return { text, left, top: isBelow ? box.bottom + 6 : box.top - 6, isBelow };
}
