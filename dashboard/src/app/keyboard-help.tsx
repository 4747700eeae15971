import { Dialog } from '../components/dialog.js';

const mod = /mac|iphone|ipad/i.test(navigator.platform) ? '⌘' : 'Ctrl';

const keys: readonly (readonly [keys: string, does: string])[] = [
  [`${mod} K`, 'Find all: pages, chats, request ids'],
  [`${mod} Shift O`, 'New chat'],
  [`${mod} .`, 'Chat settings'],
  ['↑, composer empty', 'Edit the last question'],
  ['Esc', 'Close the top layer, else stop the answer'],
  ['Alt ↑ ↓', 'Message by message'],
  ['↑ ↓ J K, Enter', 'In a list: move, open'],
  ['/ , L', 'In a list: filter, live'],
  ['Shift Enter', 'New line'],
  [`${mod} /`, 'This list'],
];

export function KeyboardHelp({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog open onClose={onClose} title="Keyboard">
      <table className="w-full">
        <thead className="sr-only">
          <tr>
            <th scope="col">Keys</th>
            <th scope="col">What they do</th>
          </tr>
        </thead>
        <tbody>
          {keys.map(([press, does]) => (
            <tr key={press} className="border-b border-line last:border-0">
              <td className="py-2 pr-4 whitespace-nowrap">
                <kbd className="rounded-chip border border-line bg-sunken px-1.5 py-0.5 font-mono text-meta">
                  {press}
                </kbd>
              </td>
              <td className="py-2 text-control">{does}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Dialog>
  );
}
