import { useMutation, useQuery } from '@tanstack/react-query';
import { AudioWaveform } from 'lucide-react';
import { useRef, useState } from 'react';
import { answer, api } from '../../api/client.js';
import { awayFailure } from '../../api/failure.js';
import { type Heard, predictClip, predictFile } from '../../sound/prediction.js';
import { useVersion } from '../../sound/why.js';
import { Section } from '../../ui/card.js';
import { EmptyState } from '../../ui/empty-state.js';
import { ErrorState } from '../../ui/error-state.js';
import { Field, Select } from '../../ui/field.js';
import { Loading } from '../../ui/loading.js';
import { PageTitle } from '../../ui/page-title.js';
import { type Example, examples, exampleUrl } from './examples.js';
import { ModelNote } from './model-note.js';
import { Result } from './result.js';
import type { Sound } from './sound.js';
import { TakeSound } from './take-sound.js';

interface Asked {
  sound: Sound;
  classifier: string;
  /** Where it is stored already: another classifier is asked. */
  clipId?: string;
}

/** `/`: give a sound, and see what is heard in it. */
export function Screen() {
  const classifiers = useQuery({
    queryKey: ['classifiers'],
    queryFn: () => answer(api.GET('/api/v1/classifiers', { params: { query: { limit: 100 } } })),
  });
  const [example, chooseExample] = useState<Example>(examples[0]);
  const [classifier, chooseClassifier] = useState(example.classifier);
  const [note, setNote] = useState('');
  const [refusal, setRefusal] = useState<unknown>(null);
  const listening = useMutation({
    mutationFn: async ({ sound, classifier, clipId }: Asked) => {
      const startMs = performance.now();
      setNote(`Listening to ${sound.name}`);
      const tell = ({ state, queuePosition }: { state: string; queuePosition: number | null }) =>
        setNote(state === 'queued' && queuePosition !== null ? `Waiting: ${queuePosition} before it in the queue` : 'Being worked on');
      const heard: Heard = clipId ? await predictClip(clipId, classifier, tell) : await predictFile(sound.file, classifier, tell);
      return { heard, sound, tookMs: performance.now() - startMs };
    },
  });

  const answers = useRef<HTMLDivElement>(null);
  const listen = (asked: Asked) => {
    setRefusal(null);
    listening.mutate(asked);
    answers.current?.scrollIntoView({ block: isNarrow() ? 'start' : 'nearest', behavior: 'smooth' });
  };
  const pick = (name: string) => {
    chooseClassifier(name);
    if (listening.data) listen({ sound: listening.data.sound, classifier: name, clipId: listening.data.heard.clipId });
  };
  const choose = (chosen: Example) => {
    chooseExample(chosen);
    const isMissing = classifiers.data?.items.every(({ name }) => name !== chosen.classifier) ?? false;
    if (!isMissing) chooseClassifier(chosen.classifier);
  };
  const takeExample = async (chosen: Example) => {
    try {
      const bytes = await (await fetch(exampleUrl(chosen))).blob();
      const file = new File([bytes], chosen.file.split('/').at(-1) ?? chosen.file, { type: bytes.type });
      listen({ sound: { name: chosen.name, file, exampleUrl: exampleUrl(chosen) }, classifier });
    } catch {
      setRefusal(awayFailure());
    }
  };

  return (
    <>
      <PageTitle title="What is in a sound?">Give it a recording. It goes to this server and nowhere else.</PageTitle>
      <div className="grid items-start gap-6 lg:grid-cols-[20rem_minmax(0,1fr)]">
        <Section title="Give it a sound">
          {classifiers.data === undefined && classifiers.error && (
            <ErrorState error={classifiers.error} onRetry={() => void classifiers.refetch()} />
          )}
          <TakeSound
            chosen={example}
            onChoose={choose}
            onExample={(chosen) => void takeExample(chosen)}
            onFile={(file) => listen({ sound: { name: file.name, file }, classifier })}
            onRefused={setRefusal}
          />
          <Field label="Who listens" note="A classifier answers with one of its own labels." className="mt-6">
            {(field) => (
              <Select {...field} value={classifier} onChange={({ target }) => pick(target.value)}>
                {(classifiers.data?.items ?? [{ name: classifier }]).map(({ name }) => (
                  <option key={name}>{name}</option>
                ))}
              </Select>
            )}
          </Field>
        </Section>
        <div ref={answers} className="min-w-0 scroll-mt-4 space-y-6">
          <Note classifier={classifier} items={classifiers.data?.items ?? []} />
          {refusal !== null && <ErrorState error={refusal} />}
          {listening.isError && <ErrorState error={listening.error} onRetry={() => listen(listening.variables)} />}
          {listening.isPending && (
            <Section title={note}>
              <Loading rows={5} />
            </Section>
          )}
          {listening.data && <Result key={listening.data.heard.clipId} {...listening.data} />}
          {listening.isIdle && (
            <EmptyState icon={AudioWaveform} text="What is heard stands here: the most probable labels, the sound as a picture, and why." />
          )}
        </div>
      </div>
    </>
  );
}

/** Of the version that would answer. */
function Note({
  classifier,
  items,
}: {
  classifier: string;
  items: readonly { name: string; aliases: readonly { alias: string; version: number }[] }[];
}) {
  const alias = items.find(({ name }) => name === classifier)?.aliases.find(({ alias }) => alias === 'production');
  return alias === undefined ? null : <VersionNote classifier={classifier} version={alias.version} />;
}

function VersionNote({ classifier, version }: { classifier: string; version: number }) {
  const model = useVersion(classifier, version);
  return model.data ? <ModelNote model={model.data} /> : null;
}

/** Where the answer stands below what was given. */
function isNarrow(): boolean {
  return !matchMedia('(min-width: 64rem)').matches;
}
