import { useState } from 'react';
import type { CredentialRow } from '../../../../libs/contracts/credentials.js';
import { Button } from '../../components/button.js';
import { KeyField } from '../../components/key-field.js';
import { maskKey } from '../../lib/credentials.js';
import { forgetKey, takeKey, useChatKey } from '../../lib/use-keys.js';

interface ChatKeyProps {
  readonly provider: string | null;
  /** The key saved with the reader's account for this provider. */
  readonly saved: CredentialRow | undefined;
}

/** Which key the chat is asked with: the reader's own, one saved with the account, or the gateway's. */
export function ChatKey({ provider, saved }: ChatKeyProps) {
  const key = useChatKey();
  const [isTyping, setTyping] = useState(false);
  if (isTyping) {
    return (
      <KeyField
        label="Key"
        hint="Sent to this gateway only."
        provider={provider}
        saveLabel="Use this key"
        canRemember
        onCancel={() => setTyping(false)}
        onSave={(typed, remember) => {
          setTyping(false);
          void takeKey(typed, remember);
        }}
      />
    );
  }
  return (
    <div className="flex flex-col gap-1">
      <span className="text-meta font-semibold text-ink-2">Key</span>
      <p className="text-control">
        {key ? (
          <span className="figures font-mono">{maskKey(key)}</span>
        ) : saved?.last4 ? (
          <span>
            <span className="font-mono">●●●●{saved.last4}</span>, saved with your account
          </span>
        ) : provider === 'demo' ? (
          'The demo needs none'
        ) : (
          'The gateway’s own'
        )}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => setTyping(true)}>{key ? 'Change' : 'Use my own key'}</Button>
        {key && (
          <Button look="quiet" onClick={() => void forgetKey()}>
            Forget
          </Button>
        )}
      </div>
    </div>
  );
}
