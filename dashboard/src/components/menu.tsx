import { createContext, useContext, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { classNames } from '../lib/class-names.js';

export interface MenuTriggerProps {
  readonly id: string;
  readonly popoverTarget: string;
  readonly 'aria-haspopup': 'menu';
  readonly 'aria-expanded': boolean;
}

interface MenuProps {
  /** Renders one button with the properties that tie it to its menu. */
  readonly trigger: (props: MenuTriggerProps) => ReactNode;
  readonly children: ReactNode;
  readonly align?: 'start' | 'end';
}

const CloseContext = createContext<() => void>(() => undefined);

/** A menu in the platform's own top layer: Esc and a click elsewhere close it, focus returns to the button. */
export function Menu({ trigger, children, align = 'start' }: MenuProps) {
  const id = useId();
  const triggerId = `${id}-trigger`;
  const popover = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(false);
  const onToggle = (event: React.ToggleEvent<HTMLDivElement>) => {
    const opens = event.newState === 'open';
    setOpen(opens);
    if (!opens) return;
    const button = document.getElementById(triggerId);
    if (button) place(event.currentTarget, button.getBoundingClientRect(), align);
    itemsOf(event.currentTarget)[0]?.focus();
  };
  return (
    <>
      {trigger({ id: triggerId, popoverTarget: id, 'aria-haspopup': 'menu', 'aria-expanded': isOpen })}
      <div
        ref={popover}
        id={id}
        popover="auto"
        role="menu"
        tabIndex={-1}
        aria-labelledby={triggerId}
        onToggle={onToggle}
        onKeyDown={moveByKeys}
        className="animate-popover inset-auto m-0 max-h-[60dvh] max-w-[calc(100vw-16px)] min-w-44 overflow-y-auto rounded-control border border-line bg-surface p-1 text-ink shadow-high"
      >
        {isOpen && <CloseContext value={() => popover.current?.hidePopover()}>{children}</CloseContext>}
      </div>
    </>
  );
}

/** Below its button, or above it where there is more room; never outside the window. */
function place(menu: HTMLElement, button: DOMRect, align: 'start' | 'end'): void {
  const { width, height } = menu.getBoundingClientRect();
  const wanted = align === 'start' ? button.left : button.right - width;
  const isBelow = button.bottom + 4 + height <= innerHeight || button.top < height;
  menu.style.left = `${Math.max(8, Math.min(wanted, innerWidth - width - 8))}px`;
  menu.style.top = `${isBelow ? button.bottom + 4 : button.top - height - 4}px`;
}

function itemsOf(menu: HTMLElement): readonly HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>('[role="menuitem"]:not([aria-disabled="true"])')];
}

function moveByKeys(event: KeyboardEvent<HTMLDivElement>): void {
  const items = itemsOf(event.currentTarget);
  const index = items.findIndex((item) => item === document.activeElement);
  const target = (): HTMLElement | undefined => {
    switch (event.key) {
      case 'ArrowDown':
        return items[(index + 1) % items.length];
      case 'ArrowUp':
        return items.at(index <= 0 ? -1 : index - 1);
      case 'Home':
        return items[0];
      case 'End':
        return items.at(-1);
      default:
        return event.key.length === 1
          ? items.find((item) => item.textContent.trim().toLowerCase().startsWith(event.key.toLowerCase()))
          : undefined;
    }
  };
  if (event.key === 'Tab') event.currentTarget.hidePopover();
  const next = target();
  if (!next) return;
  event.preventDefault();
  next.focus();
}

interface MenuItemProps {
  readonly onSelect: () => void;
  readonly icon?: ReactNode;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  readonly children: ReactNode;
}

export function MenuItem({ onSelect, icon, danger = false, disabled = false, children }: MenuItemProps) {
  const close = useContext(CloseContext);
  const select = () => {
    if (disabled) return;
    // First the menu, so that focus is back on its button before the act moves it elsewhere.
    close();
    onSelect();
  };
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      aria-disabled={disabled || undefined}
      onClick={select}
      className={classNames(
        'control-h flex w-full items-center gap-2 rounded-chip px-2 text-left text-control hover:bg-hover focus:bg-hover focus-visible:-outline-offset-2 aria-disabled:opacity-50',
        danger && 'text-danger',
      )}
    >
      {icon}
      {children}
    </button>
  );
}

export function MenuLabel({ children }: { readonly children: ReactNode }) {
  return (
    <div role="presentation" className="px-2 py-1 text-meta text-ink-3">
      {children}
    </div>
  );
}

export function MenuSeparator() {
  return <div role="separator" className="my-1 h-px bg-line" />;
}
