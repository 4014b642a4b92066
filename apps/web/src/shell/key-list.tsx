import { useState } from 'react';
import { nameOf, useKey, useKeys } from '../keys/keys.js';
import { Dialog } from '../ui/dialog.js';

/** `?` lists the keys that work on what is shown. */
export function KeyList() {
  const [isOpen, setOpen] = useState(false);
  useKey('?', 'This list of keys', () => setOpen(true));
  const keys = useKeys();
  return (
    <Dialog title="Keys" isOpen={isOpen} onClose={() => setOpen(false)}>
      <dl className="divide-y divide-line">
        {keys.map(({ key, does }) => (
          <div key={key} className="flex items-center justify-between gap-6 py-2">
            <dt>{does}</dt>
            <dd>
              <kbd className="rounded-small border border-line bg-sunken px-2 py-0.5 font-mono text-note">{nameOf(key)}</kbd>
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
