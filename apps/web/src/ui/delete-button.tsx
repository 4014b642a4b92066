import { Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from './button.js';
import { Dialog } from './dialog.js';
import { ErrorState } from './error-state.js';

interface Props {
  /** The question. */
  title: string;
  /** What goes, and what stays. */
  children: ReactNode;
  deleting: { error: Error | null; isPending: boolean; reset: () => void };
  onDelete: () => void;
  /** It was refused because something needs it, and may be asked for once more. */
  isInUse?: boolean;
  /** Why it cannot be deleted now. */
  refusal?: string;
}

/** Asks before something goes for good; and again, with what would lose it, where something still needs it. */
export function DeleteButton({ title, children, deleting, onDelete, isInUse = false, refusal }: Props) {
  const [isOpen, setOpen] = useState(false);
  const ask = () => {
    deleting.reset(); // what came of it before was another question
    setOpen(true);
  };
  return (
    <>
      <Button look="danger" disabled={refusal !== undefined} title={refusal} onClick={ask}>
        <Trash2 size={18} aria-hidden /> Delete
      </Button>
      <Dialog title={title} isOpen={isOpen} onClose={() => setOpen(false)}>
        {children}
        {deleting.error && (
          <div className="mt-4">
            <ErrorState error={deleting.error} />
          </div>
        )}
        <div className="mt-6 flex flex-wrap justify-end gap-3">
          <Button look="plain" onClick={() => setOpen(false)}>
            Keep it
          </Button>
          <Button look="danger" disabled={deleting.isPending} onClick={onDelete}>
            {isInUse ? 'Delete it all the same' : 'Delete'}
          </Button>
        </div>
      </Dialog>
    </>
  );
}
