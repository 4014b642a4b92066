import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { answer, api } from '../../api/client.js';
import { Failure } from '../../api/failure.js';
import { queries } from '../../api/queries.js';
import { DeleteButton } from '../../ui/delete-button.js';

/** Asks first; and again where models were made from it. */
export function DeleteDataset({ name }: { name: string }) {
  const navigate = useNavigate();
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
    <DeleteButton title={`Delete ${name}?`} deleting={deleting} isInUse={isInUse} onDelete={() => deleting.mutate(isInUse)}>
      <p>The dataset and its versions go for good. The clips stay, and so do models that were made from it.</p>
    </DeleteButton>
  );
}
