import { useState } from 'react';
import type { IssuedKey } from '../../../../libs/contracts/keys.js';
import type { Tool } from '../../lib/snippets.js';
import { Button } from '../button.js';
import { CopyButton } from '../copy-button.js';
import { Dialog, DialogActions } from '../dialog.js';
import { SnippetTabs } from '../snippet-tabs/snippet-tabs.js';
import { useSnippetModel } from '../snippet-tabs/use-snippet-model.js';

interface IssuedKeyDialogProps {
  readonly issued: IssuedKey;
  readonly onStored: () => void;
}

/** The key whole, this once. Neither Esc nor a click beside it closes it: what is gone here is gone. */
export function IssuedKeyDialog({ issued, onStored }: IssuedKeyDialogProps) {
  const [tool, setTool] = useState<Tool>('curl');
  const model = useSnippetModel(issued.models);
  return (
    <Dialog
      open
      wide
      title={`The key of ${issued.name}`}
      description="It is shown this once. The gateway keeps no copy: store it where it will be used."
    >
      <div className="flex flex-col gap-4">
        <div className="flex items-center gap-2 rounded-control border border-line-strong bg-sunken pl-3">
          <code aria-label="The key" className="min-w-0 flex-1 py-2 font-mono text-control break-all">
            {issued.key}
          </code>
          <CopyButton text={issued.key} label="Copy the key">
            Copy
          </CopyButton>
        </div>
        <SnippetTabs
          tool={tool}
          onTool={setTool}
          address={location.origin}
          snippetKey={{ kind: 'whole', key: issued.key }}
          model={model}
        />
        <DialogActions>
          <Button look="filled" onClick={onStored}>
            I have stored it
          </Button>
        </DialogActions>
      </div>
    </Dialog>
  );
}
