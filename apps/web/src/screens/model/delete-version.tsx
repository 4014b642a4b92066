import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { answer, api } from '../../api/client.js';
import type { components } from '../../generated/openapi.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { ErrorState } from '../../ui/error-state.js';
import { readAgain } from './read-again.js';

/** For good, with its artifact; not while an alias points at it. */
export function DeleteVersion({ model: { classifier, version, aliases } }: { model: components['schemas']['ModelVersion'] }) {
  const navigate = useNavigate();
  const [isOpen, setOpen] = useState(false);
  const deleting = useMutation({
    mutationFn: () =>
      answer(api.DELETE('/api/v1/classifiers/{name}/versions/{version}', { params: { path: { name: classifier, version } } })),
    onSuccess: async () => {
      setOpen(false);
      await navigate({ to: '/models/$name', params: { name: classifier } });
      await readAgain(classifier);
    },
  });
  return (
    <>
      <Button
        look="danger"
        disabled={aliases.length > 0}
        title={aliases.length > 0 ? `${aliases.join(', ')} points at it` : undefined}
        onClick={() => setOpen(true)}
      >
        <Trash2 size={18} aria-hidden /> Delete
      </Button>
      <Dialog title={`Delete version ${version}?`} isOpen={isOpen} onClose={() => setOpen(false)}>
        <p>The version and its artifact go for good. Its number is never given again, and results that it gave stay.</p>
        {deleting.error && (
          <div className="mt-4">
            <ErrorState error={deleting.error} />
          </div>
        )}
        <div className="mt-6 flex flex-wrap justify-end gap-3">
          <Button look="plain" onClick={() => setOpen(false)}>
            Keep it
          </Button>
          <Button look="danger" disabled={deleting.isPending} onClick={() => deleting.mutate()}>
            Delete
          </Button>
        </div>
      </Dialog>
    </>
  );
}
