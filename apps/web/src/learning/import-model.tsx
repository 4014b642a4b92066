import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Upload } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { answer, api } from '../api/client.js';
import { queries } from '../api/queries.js';
import { resultOf, waiting } from '../api/work.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { ErrorState } from '../ui/error-state.js';
import { Field, FileInput, Input } from '../ui/field.js';

/** Makes a version of an archive that was exported, here or elsewhere. */
export function ImportModel({ classifier }: { classifier?: string }) {
  const navigate = useNavigate();
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState(classifier ?? '');
  const [file, setFile] = useState<File>();
  const importing = useMutation({
    mutationFn: async (name: string) => {
      const answered = await answer(
        api.POST('/api/v1/classifiers/{name}/versions', {
          params: { path: { name }, header: waiting },
          headers: { 'Content-Type': 'application/x-tar' },
          body: '',
          bodySerializer: () => file,
        }),
      );
      return resultOf('import-model', answered);
    },
    onSuccess: async (_version, name) => {
      await queries.invalidateQueries({ queryKey: ['classifiers'] });
      await queries.invalidateQueries({ queryKey: ['versions', name] });
      setOpen(false);
      await navigate({ to: '/models/$name', params: { name } });
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    importing.mutate(name);
  };
  return (
    <>
      <Button look="plain" onClick={() => setOpen(true)}>
        <Upload size={18} aria-hidden /> Import
      </Button>
      <Dialog
        title="Import a model"
        note="An archive that was exported becomes the next version. No alias is moved."
        isOpen={isOpen}
        onClose={() => setOpen(false)}
      >
        <form onSubmit={send} className="space-y-4">
          <Field label="Classifier" note="One that is there, or a new name">
            {(field) => (
              <Input
                {...field}
                required
                pattern="[a-z0-9][a-z0-9._\-]{0,63}"
                value={name}
                onChange={({ target }) => setName(target.value)}
              />
            )}
          </Field>
          <Field label="Archive" note="A .tar of up to 64 MB; its hashes are checked, and it is loaded once in the sandbox.">
            {(field) => <FileInput {...field} accept=".tar" required onChange={({ target }) => setFile(target.files?.[0])} />}
          </Field>
          {importing.error && <ErrorState error={importing.error} />}
          <Button type="submit" disabled={importing.isPending || file === undefined}>
            {importing.isPending ? 'It is loaded and checked' : 'Import'}
          </Button>
        </form>
      </Dialog>
    </>
  );
}
