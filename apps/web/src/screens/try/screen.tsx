import { useMutation } from '@tanstack/react-query';
import { AudioWaveform } from 'lucide-react';
import { useRef, useState } from 'react';
import { productionOf, useClassifiers } from '../../api/classifiers.js';
import { Failure } from '../../api/failure.js';
import { type Heard, predictClip, predictFile } from '../../sound/prediction.js';
import { useVersion } from '../../sound/why.js';
import { Button } from '../../ui/button.js';
import { Section } from '../../ui/card.js';
import { EmptyState } from '../../ui/empty-state.js';
import { ErrorState } from '../../ui/error-state.js';
import { Field, Select } from '../../ui/field.js';
import { Loading } from '../../ui/loading.js';
import { PageTitle } from '../../ui/page-title.js';
import { type Example, examples, soundOf } from './examples.js';
import { ModelNote } from './model-note.js';
import { Result } from './result.js';
import type { Sound } from './sound.js';
import { TakeSound } from './take-sound.js';

interface Asked {
  sound: Sound | Example;
  classifier: string;
  /** Where it is stored already: another classifier is asked. */
  clipId?: string;
}

const isExample = (sound: Sound | Example): sound is Example => 'classifier' in sound;

/** `/`: give a sound, and see what is heard in it. */
export function Screen() {
  const classifiers = useClassifiers();
  const [example, chooseExample] = useState<Example>(examples[0]);
  const [classifier, chooseClassifier] = useState(example.classifier);
  const [note, setNote] = useState('');
  const [refusal, setRefusal] = useState<unknown>(null);
  const latest = useRef<Asked>(null);
  const listening = useMutation({
    mutationFn: async (asked: Asked) => {
      const { classifier, clipId } = asked;
      latest.current = asked;
      setNote(`Listening to ${asked.sound.name}`);
      const sound = isExample(asked.sound) ? await soundOf(asked.sound) : asked.sound;
      const startMs = performance.now();
      const tell = ({ state, queuePosition }: { state: string; queuePosition: number | null }) => {
        if (latest.current !== asked) return; // something else was asked since
        setNote(state === 'queued' && queuePosition !== null ? `Waiting: ${queuePosition} before it in the queue` : 'Being worked on');
      };
      const heard: Heard = clipId ? await predictClip(clipId, classifier, tell) : await predictFile(sound.file, classifier, tell);
      return { heard, sound, tookMs: performance.now() - startMs };
    },
  });

  const answers = useRef<HTMLDivElement>(null);
  const fileInput = useRef<HTMLInputElement>(null);
  const listen = (asked: Asked) => {
    setRefusal(null);
    listening.mutate(asked);
    answers.current?.scrollIntoView({ block: isNarrow() ? 'start' : 'nearest', behavior: 'smooth' });
  };
  const pick = (name: string) => {
    chooseClassifier(name);
    const { data, variables: asked } = listening;
    if (asked) listen({ sound: data?.sound ?? asked.sound, classifier: name, clipId: data?.heard.clipId ?? asked.clipId });
  };
  const choose = (chosen: Example) => {
    chooseExample(chosen);
    const isMissing = classifiers.data?.every(({ name }) => name !== chosen.classifier) ?? false;
    if (!isMissing) chooseClassifier(chosen.classifier);
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
            onExample={(sound) => listen({ sound, classifier })}
            onFile={(file) => listen({ sound: { name: file.name, file }, classifier })}
            onRefused={setRefusal}
            fileInput={fileInput}
          />
          <Field label="Who listens" note="A classifier answers with one of its own labels." className="mt-6">
            {(field) => (
              <Select {...field} value={classifier} onChange={({ target }) => pick(target.value)}>
                {(classifiers.data ?? [{ name: classifier }]).map(({ name }) => (
                  <option key={name}>{name}</option>
                ))}
              </Select>
            )}
          </Field>
        </Section>
        <div ref={answers} className="min-w-0 scroll-mt-4 space-y-6">
          <Note classifier={classifiers.data?.find(({ name }) => name === classifier)} />
          {refusal !== null && <ErrorState error={refusal} />}
          {listening.isError &&
            (isOfSound(listening.error) ? (
              <div className="space-y-3">
                <ErrorState error={listening.error} />
                <Button look="plain" onClick={() => fileInput.current?.click()}>
                  Choose another file
                </Button>
              </div>
            ) : (
              <ErrorState error={listening.error} onRetry={() => listen(listening.variables)} />
            ))}
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
function Note({ classifier }: { classifier: (Parameters<typeof productionOf>[0] & { name: string }) | undefined }) {
  const version = classifier && productionOf(classifier);
  return classifier === undefined || version === undefined ? null : <VersionNote classifier={classifier.name} version={version} />;
}

function VersionNote({ classifier, version }: { classifier: string; version: number }) {
  const model = useVersion(classifier, version);
  return model.data ? <ModelNote model={model.data} /> : null;
}

/** The same sound would be refused again. */
function isOfSound(error: unknown): boolean {
  const code = error instanceof Failure ? error.code : null;
  return code === 'FILE_TOO_LARGE' || (code?.startsWith('AUDIO_') ?? false);
}

/** Where the answer stands below what was given. */
function isNarrow(): boolean {
  return !matchMedia('(min-width: 64rem)').matches;
}
