import { useMutation } from '@tanstack/react-query';
import { Upload } from 'lucide-react';
import { useState } from 'react';
import { answer, api, patiently } from '../../api/client.js';
import { once } from '../../api/work.js';
import { FailureList } from '../../jobs/failures.js';
import { type NamedFile, type Stored, storeFiles } from '../../sound/store-files.js';
import { Button } from '../../ui/button.js';
import { Section } from '../../ui/card.js';
import { counted } from '../../ui/counted.js';
import { ErrorState } from '../../ui/error-state.js';
import { Field, FileInput, Input, Select } from '../../ui/field.js';
import { ProgressCount } from '../../ui/progress-count.js';
import { isSound, type LabelsFrom, labelOf } from './labels-of-files.js';
import { readAgain } from './read-again.js';

/** Are said in one request. */
const mostEntries = 1_000;

interface LabelledFile extends NamedFile {
  label: string | null;
}

/** Recordings into the dataset, with what they are; what is no sound costs the others nothing. */
export function AddClips({ dataset, isEmpty }: { dataset: string; isEmpty: boolean }) {
  const [from, setFrom] = useState<LabelsFrom>('one');
  const [label, setLabel] = useState('');
  const [group, setGroup] = useState('');
  const [files, setFiles] = useState<readonly File[]>([]);
  const [sent, setSent] = useState<Stored<LabelledFile> | null>(null);
  const adding = useMutation({
    mutationFn: async (files: readonly File[]) => {
      const given = files.map((file) => ({ name: file.webkitRelativePath || file.name, file, label: labelOf(file, from, label) }));
      const { stored } = await storeFiles(given, setSent);
      for (let first = 0; first < stored.length; first += mostEntries)
        await addEntries(dataset, stored.slice(first, first + mostEntries), group);
      return stored.length;
    },
    onMutate: () => setSent(null),
    onSuccess: (_count, added) => setFiles((chosen) => (chosen === added ? [] : chosen)),
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
          adding.mutate(files);
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
        {adding.isPending && (
          <ProgressCount
            done={sent?.stored.length ?? 0}
            failed={sent?.refused.length}
            total={adding.variables.length}
            noun={adding.variables.length === 1 ? 'file' : 'files'}
          />
        )}
        {sent?.waitsFor && <p className="text-note text-warn">{sent.waitsFor.title}. It goes on by itself.</p>}
        {adding.error && <ErrorState error={adding.error} />}
        <div className="flex flex-wrap items-center gap-3">
          <Button type="submit" disabled={files.length === 0 || adding.isPending}>
            <Upload size={18} aria-hidden /> Add {files.length > 0 && counted(files.length, 'file')}
          </Button>
          {adding.isSuccess && files.length === 0 && (
            <span role="status" className="text-note text-good">
              {adding.data} added.
            </span>
          )}
        </div>
      </form>
      {sent && sent.refused.length > 0 && (
        <div className="mt-5 space-y-3">
          <FailureList failures={sent.refused} />
        </div>
      )}
    </Section>
  );
}

const froms: readonly LabelsFrom[] = ['one', 'folder', 'prefix'];

async function addEntries(dataset: string, clips: Stored<LabelledFile>['stored'], group: string): Promise<void> {
  const entries = clips.map(({ clipId, given: { label } }) => ({ clipId, label, group: group === '' ? undefined : group }));
  const asked = { params: { path: { name: dataset } }, headers: once(), body: { entries } };
  await patiently(() => answer(api.POST('/api/v1/datasets/{name}/clips', asked)));
}
