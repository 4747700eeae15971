import { useEffect } from 'react';

/** What a key does on every page; the page that can do it listens. */
export type Command = 'find' | 'new-chat' | 'chat-settings' | 'keyboard-help';

const target = new EventTarget();

export function sendCommand(command: Command): void {
  target.dispatchEvent(new Event(command));
}

export function useCommand(command: Command, act: () => void): void {
  useEffect(() => {
    target.addEventListener(command, act);
    return () => target.removeEventListener(command, act);
  }, [command, act]);
}
