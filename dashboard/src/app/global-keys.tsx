import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { sendCommand, useCommand } from '../lib/commands.js';
import { isComposing } from '../lib/typing.js';

const Palette = lazy(async () => ({ default: (await import('./palette.js')).Palette }));
const KeyboardHelp = lazy(async () => ({ default: (await import('./keyboard-help.js')).KeyboardHelp }));

/** The keys that work everywhere, and the two layers that they open. */
export function GlobalKeys() {
  const navigate = useNavigate();
  const [layer, setLayer] = useState<'find' | 'help' | null>(null);
  const close = useCallback(() => setLayer(null), []);
  useCommand(
    'find',
    useCallback(() => setLayer('find'), []),
  );
  useCommand(
    'keyboard-help',
    useCallback(() => setLayer('help'), []),
  );
  useCommand(
    'new-chat',
    useCallback(() => void navigate({ to: '/chat/{-$id}', params: { id: undefined } }), [navigate]),
  );
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (isComposing(event) || !(event.ctrlKey || event.metaKey) || event.altKey) return;
      const key = event.key.toLowerCase();
      const command =
        key === 'k'
          ? 'find'
          : key === 'o' && event.shiftKey
            ? 'new-chat'
            : key === '.'
              ? 'chat-settings'
              : key === '/'
                ? 'keyboard-help'
                : null;
      if (!command) return;
      event.preventDefault();
      sendCommand(command);
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, []);
  return (
    <Suspense>
      {layer === 'find' && <Palette onClose={close} />}
      {layer === 'help' && <KeyboardHelp onClose={close} />}
    </Suspense>
  );
}
