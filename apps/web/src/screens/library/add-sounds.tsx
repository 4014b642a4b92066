import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { answer, api } from '../../api/client.js';
import { formOf, resultOf, waiting } from '../../api/work.js';
import { Button } from '../../ui/button.js';
import { counted } from '../../ui/counted.js';
import { Dialog } from '../../ui/dialog.js';
import { ErrorState } from '../../ui/error-state.js';
import { Field, FileInput, Input } from '../../ui/field.js';
import { ProgressCount } from '../../ui/progress-count.js';
import { readLibraryAgain } from './reads.js';

/** Files of one request; of more there are several, one after the other. */
const together = 20;

interface Said {
  genre: string;
  tags: string;
  licence: string;
  author: string;
}

/** Files into the library, with what is said of all of them. */
export function AddSounds({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const [files, choose] = useState<readonly File[]>([]);
  const [said, say] = useState<Said>({ genre: '', tags: '', licence: '', author: '' });
  const [sent, setSent] = useState(0);
  const adding = useMutation({
    mutationFn: async (files: readonly File[]) => {
      const failed: { name: string; reason: string }[] = [];
      setSent(0);
      for (let i = 0; i < files.length; i += together) {
        const some = files.slice(i, i + together);
        const items = await send(some, said);
        for (const { filename, error } of items) if (error) failed.push({ name: filename ?? 'a file', reason: error.detail });
        setSent(i + some.length);
      }
      return failed;
    },
    onSuccess: (_failed, added) => choose((chosen) => (chosen === added ? [] : chosen)),
    onSettled: readLibraryAgain,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    adding.mutate(files);
  };
  const close = () => {
    adding.reset();
    onClose();
  };
  const write = (name: keyof Said) => ({
    value: said[name],
    onChange: ({ target }: { target: HTMLInputElement }) => say({ ...said, [name]: target.value }),
  });
  return (
    <Dialog
      title="Add sounds"
      note="The same bytes are one sample: what is in the library already is not added twice."
      isOpen={isOpen}
      onClose={close}
    >
      <form className="space-y-4" onSubmit={submit}>
        <Field label="Files" note="Whole folders and archives: earshot library import FOLDER">
          {(field) => (
            <FileInput
              {...field}
              multiple
              required
              accept="audio/*,video/*,.wav,.flac,.ogg,.opus,.mp3,.m4a,.aif,.aiff"
              onChange={({ target }) => choose([...(target.files ?? [])])}
            />
          )}
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Genre">{(field) => <Input {...field} {...write('genre')} />}</Field>
          <Field label="Tags, with commas between them">{(field) => <Input {...field} {...write('tags')} />}</Field>
          <Field label="Licence">{(field) => <Input {...field} {...write('licence')} placeholder="CC0-1.0" />}</Field>
          <Field label="Author">{(field) => <Input {...field} {...write('author')} />}</Field>
        </div>
        {adding.isPending && (
          <ProgressCount done={sent} total={adding.variables.length} noun={adding.variables.length === 1 ? 'file' : 'files'} />
        )}
        {adding.error && <ErrorState error={adding.error} />}
        {adding.data && <Outcome sent={sent} failed={adding.data} />}
        <div className="flex flex-wrap justify-end gap-3">
          <Button look="plain" onClick={close}>
            {adding.data ? 'Done' : 'Cancel'}
          </Button>
          <Button type="submit" disabled={adding.isPending || files.length === 0}>
            {files.length > 1 ? `Add ${files.length} files` : 'Add'}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Outcome({ sent, failed }: { sent: number; failed: readonly { name: string; reason: string }[] }) {
  return (
    <div role="status" className="space-y-2 rounded-field bg-good-soft p-3 text-note">
      <p>
        {sent - failed.length} of {counted(sent, 'file')} {sent === 1 ? 'is' : 'are'} in the library and measured. Searches find them within
        a second once there is an index.
      </p>
      {failed.length > 0 && (
        <ul className="list-disc pl-5 text-bad">
          {failed.map(({ name, reason }) => (
            <li key={name} className="wrap-anywhere">
              {name}: {reason}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

async function send(files: readonly File[], { tags, ...said }: Said) {
  const upload = formOf(...files);
  const form = upload.bodySerializer();
  for (const [name, value] of Object.entries(said)) if (value.trim() !== '') form.append(name, value.trim());
  for (const tag of tags.split(',')) if (tag.trim() !== '') form.append('tags', tag.trim());
  const answered = await answer(api.POST('/api/v1/library/clips', { params: { header: waiting }, ...upload }));
  return (await resultOf('features', answered)).items;
}
