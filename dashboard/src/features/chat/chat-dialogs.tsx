import { Dialog } from '../../components/dialog.js';
import { KeyField } from '../../components/key-field.js';
import { ModelList } from '../../components/model-list.js';
import { takeKey } from '../../lib/use-keys.js';

interface ModelDialogProps {
  readonly chosen: string;
  readonly onChoose: (model: string) => void;
  readonly onClose: () => void;
}

/** Answers a question again with another model. */
export function ModelDialog({ chosen, onChoose, onClose }: ModelDialogProps) {
  return (
    <Dialog open onClose={onClose} title="Answer with…">
      <ModelList chosen={chosen} onChoose={onChoose} />
    </Dialog>
  );
}

interface KeyDialogProps {
  readonly provider: string | null;
  readonly onSaved: () => void;
  readonly onClose: () => void;
}

/** Another key for the chat; the question is then asked again. */
export function KeyDialog({ provider, onSaved, onClose }: KeyDialogProps) {
  const save = async (key: string, remember: boolean) => {
    await takeKey(key, remember);
    onSaved();
  };
  return (
    <Dialog open onClose={onClose} title="Use another key">
      <KeyField
        label="Key"
        hint="Your own at the provider, or one of this gateway (gw-…). Sent to this gateway only."
        provider={provider}
        saveLabel="Use and ask again"
        canRemember
        onCancel={onClose}
        onSave={(key, remember) => void save(key, remember)}
      />
    </Dialog>
  );
}
