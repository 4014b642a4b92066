import { useMutation } from '@tanstack/react-query';
import { ArrowUpFromLine } from 'lucide-react';
import { useState } from 'react';
import { answer, api } from '../../api/client.js';
import type { components } from '../../generated/openapi.js';
import { useKey } from '../../keys/keys.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { ErrorState } from '../../ui/error-state.js';
import { Field, Input } from '../../ui/field.js';
import { readAgain } from './read-again.js';

/** Points an alias at the version: from then on it answers. */
export function Promote({ model: { classifier, version } }: { model: components['schemas']['ModelVersion'] }) {
  const [isOpen, setOpen] = useState(false);
  const [alias, setAlias] = useState('production');
  const promoting = useMutation({
    mutationFn: () =>
      answer(
        api.POST('/api/v1/classifiers/{name}/versions/{version}/promote', {
          params: { path: { name: classifier, version }, query: { alias } },
        }),
      ),
    onSuccess: async () => {
      await readAgain(classifier);
      setOpen(false);
    },
  });
  useKey('p', 'Promote this version', () => setOpen(true));
  return (
    <>
      <Button keyHint="p" onClick={() => setOpen(true)}>
        <ArrowUpFromLine size={18} aria-hidden /> Promote
      </Button>
      <Dialog
        title={`Promote version ${version}`}
        note="Jobs that are accepted from now on follow the alias; those before keep their version."
        isOpen={isOpen}
        onClose={() => setOpen(false)}
      >
        <form
          className="space-y-4"
          onSubmit={(event) => {
            event.preventDefault();
            promoting.mutate();
          }}
        >
          <Field label="Alias" note="production, challenger, or a name of your own">
            {(field) => (
              <Input {...field} required pattern="[a-z][a-z0-9_\-]{0,31}" value={alias} onChange={({ target }) => setAlias(target.value)} />
            )}
          </Field>
          {promoting.error && <ErrorState error={promoting.error} />}
          <Button type="submit" disabled={promoting.isPending}>
            Point {alias} at version {version}
          </Button>
        </form>
      </Dialog>
    </>
  );
}
