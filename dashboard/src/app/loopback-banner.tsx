import { X } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from '../components/icon-button.js';
import { identityKey } from '../lib/credentials.js';
import { useMe } from '../lib/me.js';

const SEEN_KEY = 'gateway.loopback-banner-closed';

/** Nobody is administrator yet: only this machine sees these pages. Closed for the tab once read. */
export function LoopbackBanner() {
  const me = useMe();
  const [isClosed, setClosed] = useState(() => sessionStorage.getItem(SEEN_KEY) === 'yes');
  const isLoopback = me.kind === 'admin' && identityKey() === null && (me.loopbackAdmin ?? !me.signIn);
  if (!isLoopback || isClosed) return null;
  const close = () => {
    sessionStorage.setItem(SEEN_KEY, 'yes');
    setClosed(true);
  };
  return (
    <aside
      aria-label="Notice"
      className="flex items-center gap-2 border-b border-line bg-accent-soft px-4 py-1 text-meta"
    >
      <p className="min-w-0 flex-1">
        Only this machine may see this. Before others use it: Google sign-in or{' '}
        <code className="font-mono break-all">AI_GATEWAY_ADMIN_KEY</code>, both in the README.
      </p>
      <IconButton label="Close this notice" icon={<X aria-hidden size={16} strokeWidth={1.5} />} onClick={close} />
    </aside>
  );
}
