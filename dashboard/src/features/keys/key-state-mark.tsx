import type { KeyRow } from '../../../../libs/contracts/keys.js';
import { Time } from '../../components/time.js';
import { keyState, type KeyState } from '../../lib/issued-keys.js';

const marks: Readonly<Record<KeyState, { readonly shape: string; readonly colour: string }>> = {
  on: { shape: '●', colour: 'text-ok' },
  off: { shape: '⊘', colour: 'text-ink-2' },
  expired: { shape: '■', colour: 'text-warn' },
};

interface KeyStateMarkProps {
  readonly row: KeyRow;
  readonly now: Date;
}

/** Whether the key opens anything, and whether the one before its rotation still does. */
export function KeyStateMark({ row, now }: KeyStateMarkProps) {
  const state = keyState(row, now);
  const { shape, colour } = marks[state];
  const old = row.oldKeyExpiresAt ?? null;
  const isOldAlive = old !== null && Date.parse(old) > now.getTime();
  return (
    <span className="inline-flex items-center gap-1.5">
      <span aria-hidden className={`inline-block w-4 text-center ${colour}`}>
        {shape}
      </span>
      {state}
      {isOldAlive && (
        <span className="text-ink-2">
          , old key until <Time iso={old} show="minute" />
        </span>
      )}
    </span>
  );
}
