import { Toaster as Sonner } from 'sonner';

/** Where notices appear; mounted at the first one. */
export function Toaster() {
  return (
    <Sonner
      // At the top: at the bottom it would lie over the composer.
      position="top-center"
      gap={8}
      offset={16}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            'flex w-(--width) items-center justify-between gap-4 rounded-control bg-ink px-4 py-2 text-control text-canvas shadow-high',
          actionButton: 'control-h rounded-control px-2 font-semibold underline underline-offset-2',
        },
      }}
    />
  );
}
