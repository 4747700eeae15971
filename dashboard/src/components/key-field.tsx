import { useState, type FormEvent } from 'react';
import { cleanKey, keyMismatch } from '../lib/credentials.js';
import { Button } from './button.js';
import { Field, inputClass } from './field.js';

interface KeyFieldProps {
  readonly label: string;
  readonly hint: string;
  /** The chosen provider's name, to notice another maker's key. */
  readonly provider: string | null;
  readonly saveLabel: string;
  readonly onSave: (key: string, remember: boolean) => void;
  readonly onCancel?: (() => void) | undefined;
  /** Offers to keep it on this device. */
  readonly canRemember?: boolean;
}

/** A field for a secret: never shown, never suggested by the browser, cleaned of what pasting brings along. */
export function KeyField({ label, hint, provider, saveLabel, onSave, onCancel, canRemember = false }: KeyFieldProps) {
  const [typed, setTyped] = useState('');
  const [remember, setRemember] = useState(false);
  const key = cleanKey(typed);
  const mismatch = key ? keyMismatch(key, provider) : null;
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (key) onSave(key, remember);
  };
  return (
    <form onSubmit={save} className="flex flex-col gap-3">
      <Field label={label} hint={mismatch ?? hint}>
        {(control) => (
          <input
            {...control}
            type="password"
            // "off" lets some browsers put the account's password in.
            autoComplete="new-password"
            spellCheck={false}
            autoCapitalize="off"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            className={inputClass}
          />
        )}
      </Field>
      {canRemember && (
        <label className="flex items-start gap-2 text-meta text-ink-2">
          <input
            type="checkbox"
            checked={remember}
            onChange={(event) => setRemember(event.target.checked)}
            className="mt-0.5 size-4 shrink-0 accent-(--accent)"
          />
          <span>
            Remember on this device: anyone who uses this browser profile can use it. Otherwise it is kept for this tab.
          </span>
        </label>
      )}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" disabled={!key}>
          {saveLabel}
        </Button>
        {onCancel && (
          <Button look="quiet" onClick={onCancel}>
            Cancel
          </Button>
        )}
      </div>
    </form>
  );
}
