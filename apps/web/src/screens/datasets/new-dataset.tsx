import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { answer, api } from '../../api/client.js';
import { queries } from '../../api/queries.js';
import { useKey } from '../../keys/keys.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { ErrorState } from '../../ui/error-state.js';
import { Field, Input } from '../../ui/field.js';

export function NewDataset() {
  const navigate = useNavigate();
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const making = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/datasets', { body: { name, description } })),
    onSuccess: async ({ name }) => {
      await queries.invalidateQueries({ queryKey: ['datasets'] });
      await navigate({ to: '/datasets/$name', params: { name } });
    },
  });
  useKey('n', 'New dataset', () => setOpen(true));
  return (
    <>
      <Button keyHint="n" onClick={() => setOpen(true)}>
        <Plus size={18} aria-hidden /> New dataset
      </Button>
      <Dialog title="New dataset" isOpen={isOpen} onClose={() => setOpen(false)}>
        <form
          className="space-y-4"
          onSubmit={(event) => {
            event.preventDefault();
            making.mutate();
          }}
        >
          <Field label="Name" note="Small letters, digits, . _ and -">
            {(field) => (
              <Input
                {...field}
                required
                pattern="[a-z0-9][a-z0-9._\-]{0,63}"
                placeholder="voices"
                value={name}
                onChange={({ target }) => setName(target.value)}
              />
            )}
          </Field>
          <Field label="Description" note="What is in it and where it came from; it may be left out.">
            {(field) => <Input {...field} maxLength={2_000} value={description} onChange={({ target }) => setDescription(target.value)} />}
          </Field>
          {making.error && <ErrorState error={making.error} />}
          <Button type="submit" disabled={making.isPending}>
            Make it
          </Button>
        </form>
      </Dialog>
    </>
  );
}
