import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { answer, api } from '../../api/client.js';
import { workedOut } from '../../api/queries.js';
import { onlyItem, resultOf, waiting } from '../../api/work.js';
import { PlayButton } from '../../sound/play-button.js';
import { Button } from '../../ui/button.js';
import { ErrorState } from '../../ui/error-state.js';
import { Loading } from '../../ui/loading.js';
import { Stale } from '../../ui/stale.js';
import { EmbedderChoice, useEmbedder } from './embedder-choice.js';
import { filterOf } from './filters.js';
import { embedders, route, useShow } from './route.js';
import { SampleList } from './sample-list.js';

const most = 30;

/** What sounds like a clip, of that which the filters leave: the most similar first. */
export function Similar({ to }: { to: string }) {
  const embedder = useEmbedder();
  const filter = filterOf(route.useSearch());
  const found = useQuery({
    queryKey: ['library', 'similar', to, embedder, filter],
    queryFn: async () => {
      const body = { clipIds: [to], n: most, embedder, foldCopies: true, ...filter };
      const answered = await answer(api.POST('/api/v1/library/search/clips', { params: { header: waiting }, body }));
      return onlyItem(await resultOf('search-samples', answered)).result;
    },
    ...workedOut,
    placeholderData: keepPreviousData,
  });
  return (
    <div className="space-y-4">
      <Wanted clipId={to} />
      {found.error && <ErrorState error={found.error} onRetry={() => void found.refetch()} />}
      {found.isPending && <Loading rows={8} />}
      <Stale isOld={found.isPlaceholderData}>
        <div className="space-y-4">
          {found.data && found.data.copies.length > 0 && (
            <p className="text-note text-muted">
              {found.data.copies.length === 1 ? 'One sample is' : `${found.data.copies.length} samples are`} the same sound:{' '}
              {found.data.copies.map(({ filename }) => filename).join(', ')}.
            </p>
          )}
          {embedder === embedders[0] && found.data && found.data.results.length > 0 && (
            <p className="text-note text-muted">The order is not only that of similarity: what is near to everything has to be nearer.</p>
          )}
          {found.data?.results.length === 0 && (
            <p className="rounded-card bg-sunken px-6 py-10 text-center text-muted">
              No other sound that meets the filters is in the index.
            </p>
          )}
          {found.data && found.data.results.length > 0 && <SampleList label="Sounds that are similar" samples={found.data.results} />}
        </div>
      </Stale>
    </div>
  );
}

/** What is searched for, and by whose ears. */
function Wanted({ clipId }: { clipId: string }) {
  const show = useShow();
  const clip = useQuery({
    queryKey: ['clip', clipId],
    queryFn: () => answer(api.GET('/api/v1/clips/{id}', { params: { path: { id: clipId } } })),
  });
  const name = clip.data?.filename ?? 'a sound';
  return (
    <div className="flex flex-wrap items-end justify-between gap-4 rounded-card border border-line bg-surface p-4 shadow-card">
      <div className="flex min-w-0 items-center gap-3">
        <PlayButton clipId={clipId} name={name} />
        <p className="min-w-0">
          <span className="block text-note text-muted">Sounds like</span>
          <strong className="wrap-anywhere">{name}</strong>
        </p>
      </div>
      <div className="flex flex-wrap items-end gap-3">
        <EmbedderChoice label="Compared by" />
        <Button look="plain" onClick={() => show({ like: undefined }, true)}>
          <X size={18} aria-hidden /> End the search
        </Button>
      </div>
    </div>
  );
}
