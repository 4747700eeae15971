import { Menu as MenuIcon } from 'lucide-react';
import { createContext, useContext, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';

interface RailSlotValue {
  readonly element: HTMLElement | null;
  readonly setElement: (element: HTMLElement | null) => void;
  /** Folds the drawer on a narrow screen, after something in it was chosen. */
  readonly closeDrawer: () => void;
  /** Absent where the rail stands beside the page. */
  readonly openDrawer: (() => void) | null;
}

const RailSlotContext = createContext<RailSlotValue>({
  element: null,
  setElement: () => undefined,
  closeDrawer: () => undefined,
  openDrawer: null,
});

interface RailSlotProviderProps {
  readonly closeDrawer: () => void;
  readonly openDrawer: (() => void) | null;
  readonly children: ReactNode;
}

/** Around the shell: ties the rail's middle to whichever page fills it. */
export function RailSlotProvider({ closeDrawer, openDrawer, children }: RailSlotProviderProps) {
  const [element, setElement] = useState<HTMLElement | null>(null);
  return <RailSlotContext value={{ element, setElement, closeDrawer, openDrawer }}>{children}</RailSlotContext>;
}

/** Opens the drawer; nothing where the rail stands beside the page. */
export function NavigationButton() {
  const { openDrawer } = useContext(RailSlotContext);
  if (!openDrawer) return null;
  return (
    <button
      type="button"
      aria-label="Navigation"
      aria-haspopup="dialog"
      onClick={openDrawer}
      className="icon-control inline-flex shrink-0 items-center justify-center rounded-control text-ink-2 hover:bg-hover"
    >
      <MenuIcon aria-hidden size={20} strokeWidth={1.5} />
    </button>
  );
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
