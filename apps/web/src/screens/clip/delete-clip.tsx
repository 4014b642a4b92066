import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { answer, api } from '../../api/client.js';
import { Failure } from '../../api/failure.js';
import { queries } from '../../api/queries.js';
import { DeleteButton } from '../../ui/delete-button.js';

/** Asks first; and again, with what would lose it, where something still needs the clip. */
export function DeleteClip({ id, filename }: { id: string; filename: string }) {
  const navigate = useNavigate();
  const deleting = useMutation({
    mutationFn: (force: boolean) => answer(api.DELETE('/api/v1/clips/{id}', { params: { path: { id }, query: { force } } })),
    onSuccess: async () => {
      queries.removeQueries({ queryKey: ['clip', id] });
      await navigate({ to: '/' });
    },
  });
  const isInUse = deleting.error instanceof Failure && deleting.error.code === 'CLIP_IN_USE';
  return (
    <DeleteButton title="Delete this clip?" deleting={deleting} isInUse={isInUse} onDelete={() => deleting.mutate(isInUse)}>
      <p className="wrap-anywhere">
        <strong>{filename}</strong> and everything that was computed of it go for good.
      </p>
    </DeleteButton>
  );
}
