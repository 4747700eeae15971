import { createContext, useContext, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';

interface RailSlotValue {
  readonly element: HTMLElement | null;
  readonly setElement: (element: HTMLElement | null) => void;
  /** Folds the drawer on a narrow screen, after something in it was chosen. */
  readonly closeDrawer: () => void;
}

const RailSlotContext = createContext<RailSlotValue>({
  element: null,
  setElement: () => undefined,
  closeDrawer: () => undefined,
});

/** Around the shell: ties the rail's middle to whichever page fills it. */
export function RailSlotProvider({
  closeDrawer,
  children,
}: {
  readonly closeDrawer: () => void;
  readonly children: ReactNode;
}) {
  const [element, setElement] = useState<HTMLElement | null>(null);
  return <RailSlotContext value={{ element, setElement, closeDrawer }}>{children}</RailSlotContext>;
}

/** The place in the rail. */
export function RailSlot() {
  const { setElement } = useContext(RailSlotContext);
  return <div ref={setElement} className="flex min-h-0 flex-1 flex-col empty:hidden" />;
}

/** Puts a page's own list into the rail's middle. */
export function InRail({ children }: { readonly children: ReactNode }) {
  const { element } = useContext(RailSlotContext);
  return element ? createPortal(children, element) : null;
}

export function useCloseDrawer(): () => void {
  return useContext(RailSlotContext).closeDrawer;
}
