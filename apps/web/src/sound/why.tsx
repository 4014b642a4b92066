import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../api/client.js';
import { workedOut } from '../api/queries.js';
import { ErrorState } from '../ui/error-state.js';
import { Loading } from '../ui/loading.js';
import { AgainstTraining } from './against-training.js';
import { explainClip } from './explanation.js';
import { HeardMatrix } from './heard-matrix.js';
import { PlacesThatSpeak } from './places-that-speak.js';
import type { Prediction } from './prediction.js';

const forGood = Number.POSITIVE_INFINITY;

export function useVersion(classifier: string, version: number) {
  return useQuery({
    queryKey: ['version', classifier, version],
    queryFn: () => answer(api.GET('/api/v1/classifiers/{name}/versions/{version}', { params: { path: { name: classifier, version } } })),
  });
}

/** Why a classifier said what it said: shown as well as its kind of model lets itself be looked into. */
export function Why({ clipId, model: { classifier, version } }: { clipId: string; model: Prediction['model'] }) {
  const model = useVersion(classifier, version);
  const profileName = typeof model.data?.profile === 'string' ? model.data.profile : undefined;
  const profile = useQuery({
    queryKey: ['profile', profileName],
    queryFn: () => answer(api.GET('/api/v1/profiles/{id}', { params: { path: { id: profileName ?? '' } } })),
    enabled: profileName !== undefined,
    staleTime: forGood,
  });
  const isOfSounds = model.data?.recipe === 'sounds';
  const explained = useQuery({
    queryKey: ['explanation', clipId, classifier, version],
    queryFn: () => explainClip(clipId, classifier, version),
    enabled: isOfSounds,
    ...workedOut,
  });
  const error = model.error ?? profile.error ?? explained.error;
  if (error) return <ErrorState error={error} onRetry={() => void Promise.all([model.refetch(), isOfSounds && explained.refetch()])} />;
  if (model.data === undefined) return <Loading rows={5} />;
  if (profileName === undefined)
    return <p className="text-muted">This model hears a profile of its own, whose numbers have no names here.</p>;
  if (profile.data === undefined) return <Loading rows={5} />;
  if (isOfSounds) return explained.data ? <PlacesThatSpeak explanation={explained.data} /> : <Loading rows={5} />;
  if (profile.data.kind === 'vector') return <AgainstTraining clipId={clipId} model={model.data} profile={profile.data} />;
  return <HeardMatrix clipId={clipId} profile={profile.data} />;
}
