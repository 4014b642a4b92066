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

/** Asks first; and again where models were made from it. */
export function DeleteDataset({ name }: { name: string }) {
  const navigate = useNavigate();
  const [isOpen, setOpen] = useState(false);
  const deleting = useMutation({
    mutationFn: (force: boolean) => answer(api.DELETE('/api/v1/datasets/{name}', { params: { path: { name }, query: { force } } })),
    onSuccess: async () => {
      await navigate({ to: '/datasets' });
      queries.removeQueries({ queryKey: ['dataset', name] });
      await queries.invalidateQueries({ queryKey: ['datasets'] });
    },
  });
  const isInUse = deleting.error instanceof Failure && deleting.error.code === 'DATASET_IN_USE';
  return (
    <>
      <Button look="danger" onClick={() => setOpen(true)}>
        <Trash2 size={18} aria-hidden /> Delete
      </Button>
      <Dialog title={`Delete ${name}?`} isOpen={isOpen} onClose={() => setOpen(false)}>
        <p>The dataset and its versions go for good. The clips stay, and so do models that were made from it.</p>
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
