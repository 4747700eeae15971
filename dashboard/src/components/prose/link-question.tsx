import { CopyButton } from '../copy-button.js';
import { Dialog, DialogActions } from '../dialog.js';

/** Links leak as pictures do: the whole address is shown before it is followed. */
export function LinkQuestion({ address, onClose }: { readonly address: string; readonly onClose: () => void }) {
  return (
    <Dialog
      open
      onClose={onClose}
      title="Open this address?"
      description="It carries a long text along, perhaps from this conversation."
    >
      <p className="max-h-60 overflow-y-auto rounded-control bg-sunken p-3 font-mono text-table break-all">{address}</p>
      <DialogActions>
        <CopyButton text={address} className="px-3">
          Copy address
        </CopyButton>
        <a
          href={address}
          target="_blank"
          rel="noopener noreferrer nofollow"
          onClick={onClose}
          className="control-h inline-flex items-center rounded-control bg-accent px-3 font-semibold text-on-accent hover:bg-accent-hover"
        >
          Open in a new tab
        </a>
      </DialogActions>
    </Dialog>
  );
}
