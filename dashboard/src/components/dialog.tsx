import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { classNames } from '../lib/class-names.js';

interface DialogProps {
  readonly open: boolean;
  /** Absent: it closes only by a button of its own, not by Esc, backdrop or a cross. */
  readonly onClose?: (() => void) | undefined;
  readonly title: ReactNode;
  readonly description?: ReactNode;
  readonly children: ReactNode;
  /** `sheet` slides over the page from the right, over all of a phone. */
  readonly shape?: 'box' | 'sheet';
  readonly wide?: boolean;
}

const shapes = {
  box: 'top-1/2 left-1/2 max-h-[85dvh] w-[calc(100vw-32px)] -translate-x-1/2 -translate-y-1/2 rounded-dialog animate-popover',
  sheet: 'inset-y-0 right-0 h-full w-full sm:w-120 animate-sheet',
};

/** A modal layer: focus goes in, stays in and comes back to where it was. */
export function Dialog({ open, onClose, title, description, children, shape = 'box', wide = false }: DialogProps) {
  const hold = onClose ? undefined : (event: Event) => event.preventDefault();
  return (
    <Radix.Root open={open} onOpenChange={(isOpen) => !isOpen && onClose?.()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <Radix.Content
          {...(hold ? { onEscapeKeyDown: hold, onInteractOutside: hold } : {})}
          {...(description ? {} : { 'aria-describedby': undefined })}
          className={classNames(
            'fixed z-40 flex flex-col bg-surface text-ink shadow-high outline-none',
            shapes[shape],
            shape === 'box' && (wide ? 'sm:max-w-180' : 'sm:max-w-120'),
          )}
        >
          <header className="flex items-start justify-between gap-4 px-6 pt-4 pb-2">
            <div className="min-w-0">
              <Radix.Title className="text-title font-semibold break-words">{title}</Radix.Title>
              {description && (
                <Radix.Description className="mt-1 text-control text-ink-2">{description}</Radix.Description>
              )}
            </div>
            {onClose && (
              <Radix.Close
                aria-label="Close"
                className="icon-control -mr-2 inline-flex items-center justify-center rounded-control text-ink-2 hover:bg-hover"
              >
                <X aria-hidden size={20} strokeWidth={1.5} />
              </Radix.Close>
            )}
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto px-6 pt-2 pb-6">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** The buttons at a dialog's end. */
export function DialogActions({ children }: { readonly children: ReactNode }) {
  return <div className="mt-6 flex flex-wrap justify-end gap-2">{children}</div>;
}
