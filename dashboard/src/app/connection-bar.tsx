import { WifiOff } from 'lucide-react';
import { useConnectionLost } from '../lib/connection.js';

/** Stands above everything while the gateway cannot be reached, and pushes down instead of hiding. */
export function ConnectionBar() {
  const isLost = useConnectionLost();
  return (
    <div role="status">
      {isLost && (
        <p className="flex items-center gap-2 bg-warn-soft px-4 py-2 text-control">
          <WifiOff aria-hidden size={16} strokeWidth={1.5} className="shrink-0 text-warn" />
          No connection to the gateway. Your text is safe.
        </p>
      )}
    </div>
  );
}
