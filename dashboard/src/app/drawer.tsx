import { Dialog as Radix } from 'radix-ui';
import { Rail } from './rail.js';

/** The rail on a narrow screen. */
export function Drawer({ onClose }: { readonly onClose: () => void }) {
  return (
    <Radix.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <Radix.Content aria-describedby={undefined} className="animate-sheet fixed inset-y-0 left-0 z-40 outline-none">
          <Radix.Title className="sr-only">Navigation</Radix.Title>
          <Rail folded={false} inDrawer />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
