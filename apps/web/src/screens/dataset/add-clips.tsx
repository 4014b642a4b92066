import { useMutation } from '@tanstack/react-query';
import { Upload } from 'lucide-react';
import { useState } from 'react';
import { answer, api } from '../../api/client.js';
import { Button } from '../../ui/button.js';
import { Section } from '../../ui/card.js';
import { counted } from '../../ui/counted.js';
import { ErrorState } from '../../ui/error-state.js';
import { Field, FileInput, Input, Select } from '../../ui/field.js';
import { ProgressCount } from '../../ui/progress-count.js';
import { isSound, type LabelsFrom, labelOf } from './labels-of-files.js';
import { readAgain } from './read-again.js';

/** Go up together; after each the count is told. */
const filesPerRequest = 25;

/** Recordings into the dataset, with what they are. */
export function AddClips({ dataset, isEmpty }: { dataset: string; isEmpty: boolean }) {
  const [from, setFrom] = useState<LabelsFrom>('one');
  const [label, setLabel] = useState('');
  const [group, setGroup] = useState('');
  const [files, setFiles] = useState<readonly File[]>([]);
  const [done, setDone] = useState(0);
  const adding = useMutation({
    mutationFn: async () => {
      setDone(0);
      for (let first = 0; first < files.length; first += filesPerRequest) {
        const some = files.slice(first, first + filesPerRequest);
        await addFiles(dataset, some, { labels: some.map((file) => labelOf(file, from, label)), group });
        setDone(first + some.length);
      }
    },
    onSuccess: () => setFiles([]),
    onSettled: () => readAgain(dataset),
  });
  const isFolder = from === 'folder';
  const unlabelled = files.filter((file) => labelOf(file, from, label) === null).length;
  return (
    <Section title={isEmpty ? 'Nothing is in it yet: add recordings' : 'Add recordings'}>
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          adding.mutate();
        }}
      >
        <div className="grid gap-4 sm:grid-cols-3">
          <Field label="What they are is">
            {(field) => (
              <Select
                {...field}
                value={from}
                onChange={({ target }) => {
                  setFrom(froms.find((name) => name === target.value) ?? 'one');
                  setFiles([]);
                }}
              >
                <option value="one">the same label for all</option>
                <option value="folder">the folder that each lies in</option>
                <option value="prefix">their name up to the first _</option>
              </Select>
            )}
          </Field>
          {from === 'one' && (
            <Field label="Label" note="Left empty they wait for one.">
              {(field) => <Input {...field} maxLength={200} value={label} onChange={({ target }) => setLabel(target.value)} />}
            </Field>
          )}
          <Field label="Group" note="The recording or speaker that all come from, if that is one.">
            {(field) => <Input {...field} maxLength={200} value={group} onChange={({ target }) => setGroup(target.value)} />}
          </Field>
        </div>
        <Field label={isFolder ? 'A folder with a folder for each label' : 'Files'}>
          {(field) => (
            <FileInput
              {...field}
              key={`${from} ${adding.submittedAt}`}
              multiple
              accept={isFolder ? undefined : 'audio/*,video/*,.wav,.flac,.ogg,.opus,.mp3,.m4a,.aif,.aiff'}
              ref={(input) => void input?.toggleAttribute('webkitdirectory', isFolder)}
              onChange={({ target }) => setFiles([...(target.files ?? [])].filter((file) => !isFolder || isSound(file)))}
            />
          )}
        </Field>
        {files.length > 0 && unlabelled > 0 && (
          <p className="text-note text-warn">
            {unlabelled} of {files.length} get no label by this; they can be given one below.
          </p>
        )}
        {adding.isPending && <ProgressCount done={done} total={files.length} noun={files.length === 1 ? 'file' : 'files'} />}
        {adding.error && <ErrorState error={adding.error} />}
        <div className="flex flex-wrap items-center gap-3">
          <Button type="submit" disabled={files.length === 0 || adding.isPending}>
            <Upload size={18} aria-hidden /> Add {files.length > 0 && counted(files.length, 'file')}
          </Button>
          {adding.isSuccess && files.length === 0 && (
            <span role="status" className="text-note text-good">
              {done} added.
            </span>
          )}
        </div>
      </form>
    </Section>
  );
}

const froms: readonly LabelsFrom[] = ['one', 'folder', 'prefix'];

async function addFiles(
  dataset: string,
  files: readonly File[],
  { labels, group }: { labels: readonly (string | null)[]; group: string },
): Promise<void> {
  const form = new FormData();
  form.append('labels', JSON.stringify(labels));
  if (group !== '') form.append('group', group);
  for (const file of files) form.append('file', file, file.name);
  await answer(
    api.POST('/api/v1/datasets/{name}/clips', {
      params: { path: { name: dataset } },
      body: { file: [] },
      bodySerializer: () => form,
    }),
  );
}
