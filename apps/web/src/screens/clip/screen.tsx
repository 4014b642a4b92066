import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { useClassifiers } from '../../api/classifiers.js';
import { answer, api } from '../../api/client.js';
import { useClipAudio } from '../../sound/audio.js';
import { MeasuredFacts } from '../../sound/facts.js';
import { Features } from '../../sound/features.js';
import { bytes } from '../../sound/numbers.js';
import { SoundView } from '../../sound/sound-view.js';
import { buttonLook } from '../../ui/button.js';
import { Section } from '../../ui/card.js';
import { ErrorState } from '../../ui/error-state.js';
import { Field, Select } from '../../ui/field.js';
import { Loading } from '../../ui/loading.js';
import { Moment } from '../../ui/moment.js';
import { PageTitle } from '../../ui/page-title.js';
import { DeleteClip } from './delete-clip.js';
import { PastPredictions } from './past-predictions.js';
import { route, type Shown } from './route.js';
import { Similar } from './similar.js';
import { Timeline } from './timeline.js';
import { Versions } from './versions.js';

/** Everything about one clip: to hear, to see, to measure, and what classifiers say of it. */
export function Screen() {
  const { id } = route.useParams();
  const clip = useQuery({
    queryKey: ['clip', id],
    queryFn: () => answer(api.GET('/api/v1/clips/{id}', { params: { path: { id } } })),
  });
  if (clip.data === undefined)
    return clip.error ? <ErrorState error={clip.error} onRetry={() => void clip.refetch()} /> : <Loading rows={8} />;
  const { filename, sizeBytes, createdAt } = clip.data;
  return (
    <>
      <PageTitle
        title={filename}
        actions={
          <>
            <DownloadClip id={id} filename={filename} />
            <DeleteClip id={id} filename={filename} />
          </>
        }
      >
        {bytes(sizeBytes)}, uploaded <Moment at={createdAt} />
      </PageTitle>
      <div className="space-y-6">
        <Picture id={id} filename={filename} />
        <Asked id={id} />
        <Section title="What was heard" note="Every prediction about this clip, the newest first.">
          <PastPredictions id={id} />
        </Section>
        <Measured id={id} />
        <Section title="Similar sounds" note="The nearest samples of the library.">
          <Similar id={id} />
        </Section>
      </div>
    </>
  );
}

function Picture({ id, filename }: { id: string; filename: string }) {
  const { scale = 'mel', palette = 'magma' } = route.useSearch();
  const navigate = route.useNavigate();
  const show = (change: object) => void navigate({ search: (before: Shown) => ({ ...before, ...change }), replace: true });
  return (
    <Section
      title="Sound"
      actions={
        <div className="flex flex-wrap gap-3">
          <Select aria-label="Scale of frequencies" value={scale} onChange={({ target }) => show({ scale: target.value })}>
            <option value="mel">Mel scale</option>
            <option value="linear">Linear scale</option>
          </Select>
          <Select aria-label="Colours of the spectrogram" value={palette} onChange={({ target }) => show({ palette: target.value })}>
            <option value="magma">Magma</option>
            <option value="viridis">Viridis</option>
            <option value="grey">Grey</option>
          </Select>
        </div>
      }
    >
      <SoundView clipId={id} name={filename} scale={scale} palette={palette} heightPx={300} />
    </Section>
  );
}

/** What a classifier says that is asked now: when in the clip, and version by version. */
function Asked({ id }: { id: string }) {
  const { classifier } = route.useSearch();
  const navigate = route.useNavigate();
  const classifiers = useClassifiers();
  if (classifiers.data === undefined)
    return classifiers.error ? <ErrorState error={classifiers.error} onRetry={() => void classifiers.refetch()} /> : <Loading />;
  if (classifiers.data.length === 0) return null;
  const ask = (name: string) => void navigate({ search: (before: Shown) => ({ ...before, classifier: name || undefined }), replace: true });
  return (
    <Section
      title="What is heard"
      actions={
        <Select aria-label="Classifier" value={classifier ?? ''} onChange={({ target }) => ask(target.value)}>
          <option value="">Ask a classifier</option>
          {classifiers.data.map(({ name }) => (
            <option key={name}>{name}</option>
          ))}
        </Select>
      }
    >
      {classifier === undefined ? (
        <p className="text-muted">The newest versions of a classifier that is asked answer here, and say what they hear when.</p>
      ) : (
        <div className="grid gap-8 lg:grid-cols-2">
          <Versions id={id} classifier={classifier} />
          <Timeline id={id} classifier={classifier} />
        </div>
      )}
    </Section>
  );
}

function Measured({ id }: { id: string }) {
  const profiles = useQuery({
    queryKey: ['profiles'],
    queryFn: () => answer(api.GET('/api/v1/profiles')),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const named = profiles.data?.items.filter(({ kind }) => kind === 'vector').map((profile) => profile.id) ?? [];
  const [chosen, choose] = useState<string>();
  const profile = chosen ?? named[0];
  return (
    <Section title="Measured">
      <MeasuredFacts clipId={id} />
      {profile !== undefined && (
        <div className="mt-6 space-y-3">
          <Field label="Features of the profile" className="max-w-xs">
            {(field) => (
              <Select {...field} value={profile} onChange={({ target }) => choose(target.value)}>
                {named.map((name) => (
                  <option key={name}>{name}</option>
                ))}
              </Select>
            )}
          </Field>
          <Features clipId={id} profile={profile} />
        </div>
      )}
    </Section>
  );
}

function DownloadClip({ id, filename }: { id: string; filename: string }) {
  const sound = useClipAudio(id);
  if (sound === undefined) return null;
  const take = () => {
    const link = document.createElement('a');
    link.href = typeof sound === 'string' ? sound : URL.createObjectURL(sound);
    link.download = filename;
    link.click();
    if (typeof sound !== 'string') URL.revokeObjectURL(link.href);
  };
  return (
    <button type="button" className={buttonLook({ look: 'plain' })} onClick={take}>
      <Download size={18} aria-hidden /> Download
    </button>
  );
}
