import { useState } from 'react';
import { Button } from '../../components/button.js';
import { KeyField } from '../../components/key-field.js';
import { maskKey } from '../../lib/credentials.js';
import { forgetKey, takeKey, useChatKey } from '../../lib/use-keys.js';
import { Section } from './section.js';

/** The key for chat of somebody who is not signed in. */
export function TabKey() {
  const key = useChatKey();
  const [isTyping, setTyping] = useState(false);
  return (
    <Section title="Your key" hint="Sent to this gateway only. Without one the gateway uses its own.">
      {isTyping ? (
        <KeyField
          label="Key"
          hint="Of your provider, or one of this gateway (gw-…)."
          provider={null}
          saveLabel="Use this key"
          canRemember
          onCancel={() => setTyping(false)}
          onSave={(typed, remember) => {
            setTyping(false);
            void takeKey(typed, remember);
          }}
        />
      ) : (
        <div className="flex flex-wrap items-center gap-2">
          <span className="mr-auto font-mono">{key ? maskKey(key) : 'None'}</span>
          <Button onClick={() => setTyping(true)}>{key ? 'Change' : 'Use my own key'}</Button>
          {key && (
            <Button look="quiet" onClick={() => void forgetKey()}>
              Forget
            </Button>
          )}
        </div>
      )}
    </Section>
  );
}
