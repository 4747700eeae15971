import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../components/button.js';
import { KeyField } from '../../components/key-field.js';
import { credentialsQuery } from '../../lib/credentials-list.js';
import { maskKey } from '../../lib/credentials.js';
import { useMe } from '../../lib/me.js';
import { forgetKey, takeKey, useChatKey } from '../../lib/use-keys.js';

/** Which key the chat is asked with: the reader's own, one saved with the account, or the gateway's. */
export function ChatKey({ provider }: { readonly provider: string | null }) {
  const key = useChatKey();
  const me = useMe();
  const [isTyping, setTyping] = useState(false);
  const { data: saved } = useQuery({ ...credentialsQuery, enabled: me.kind === 'person' });
  const account = saved?.data.find((row) => row.provider === provider) ?? saved?.data.find((row) => row.isDefault);
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
        ) : account?.last4 ? (
          <span>
            <span className="font-mono">●●●●{account.last4}</span>, saved with your account
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
