import { useEffect, useState } from 'react';
import { Button } from '../components/button.js';
import { STORE_OUTDATED } from '../lib/browser-store.js';

/** A newer version of the page runs in another tab and holds the chats: this one must be reloaded. */
export function OutdatedBar() {
  const [isOutdated, setOutdated] = useState(false);
  useEffect(() => {
    const notice = () => setOutdated(true);
    addEventListener(STORE_OUTDATED, notice);
    return () => removeEventListener(STORE_OUTDATED, notice);
  }, []);
  if (!isOutdated) return null;
  return (
    <div role="status" className="flex flex-wrap items-center gap-3 bg-warn-soft px-4 py-2 text-control">
      The dashboard was updated in another tab.
      <Button onClick={() => location.reload()}>Reload</Button>
    </div>
  );
}
