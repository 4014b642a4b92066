import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { answer, api } from '../../api/client.js';
import { Failure } from '../../api/failure.js';
import { queries } from '../../api/queries.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { ErrorState } from '../../ui/error-state.js';

/** Asks first; and again, with what would lose it, where something still needs the clip. */
export function DeleteClip({ id, filename }: { id: string; filename: string }) {
  const navigate = useNavigate();
  const [isOpen, setOpen] = useState(false);
  const deleting = useMutation({
    mutationFn: (force: boolean) => answer(api.DELETE('/api/v1/clips/{id}', { params: { path: { id }, query: { force } } })),
    onSuccess: async () => {
      queries.removeQueries({ queryKey: ['clip', id] });
      await navigate({ to: '/' });
    },
  });
  const isInUse = deleting.error instanceof Failure && deleting.error.code === 'CLIP_IN_USE';
  return (
    <>
      <Button look="danger" onClick={() => setOpen(true)}>
        <Trash2 size={18} aria-hidden /> Delete
      </Button>
      <Dialog title="Delete this clip?" isOpen={isOpen} onClose={() => setOpen(false)}>
        <p className="wrap-anywhere">
          <strong>{filename}</strong> and everything that was computed of it go for good.
        </p>
        {deleting.error && (
          <div className="mt-4">
            <ErrorState error={deleting.error} />
          </div>
        )}
        <div className="mt-6 flex flex-wrap justify-end gap-3">
          <Button look="plain" onClick={() => setOpen(false)}>
            Keep it
          </Button>
          <Button look="danger" disabled={deleting.isPending} onClick={() => deleting.mutate(isInUse)}>
            {isInUse ? 'Delete it all the same' : 'Delete'}
          </Button>
        </div>
      </Dialog>
    </>
  );
}
