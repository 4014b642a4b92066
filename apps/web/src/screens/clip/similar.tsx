import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Library } from 'lucide-react';
import { answer, api } from '../../api/client.js';
import { Failure } from '../../api/failure.js';
import { onlyItem, resultOf, waiting } from '../../api/work.js';
import { buttonLook } from '../../ui/button.js';
import { EmptyState } from '../../ui/empty-state.js';
import { ErrorState } from '../../ui/error-state.js';
import { Loading } from '../../ui/loading.js';

/** What in the library sounds like the clip, the nearest first. */
export function Similar({ id }: { id: string }) {
  const found = useQuery({
    queryKey: ['similar', id],
    queryFn: async () => {
      const answered = await answer(
        api.POST('/api/v1/library/search/clips', { params: { header: waiting }, body: { clipIds: [id], n: 6 } }),
      );
      return onlyItem(await resultOf('search-samples', answered)).result.results;
    },
  });
  const hasNoIndex = found.error instanceof Failure && found.error.code === 'INDEX_VERSION_NOT_FOUND';
  if (found.data?.length === 0 || hasNoIndex)
    return (
      <EmptyState icon={Library} text="The library has no sounds to compare with yet.">
        <Link to="/library" className={buttonLook({ look: 'plain' })}>
          Open the library
        </Link>
      </EmptyState>
    );
  if (found.data === undefined)
    return found.error ? <ErrorState error={found.error} onRetry={() => void found.refetch()} /> : <Loading rows={3} />;
  return (
    <ul className="divide-y divide-line">
      {found.data.map(({ clipId, filename, genre, similarity }) => (
        <li key={clipId} className="flex flex-wrap items-center gap-x-4 gap-y-2 py-2">
          <Link
            to="/clips/$id"
            params={{ id: clipId }}
            className="flex min-h-11 min-w-0 flex-1 items-center font-medium wrap-anywhere hover:underline"
          >
            {filename}
          </Link>
          <span className="text-note text-muted">{genre}</span>
          <span className="text-note tabular-nums">similarity {similarity.toFixed(3)}</span>
          {/* biome-ignore lint/a11y/useMediaCaption: a sample of a sound has no words */}
          <audio
            controls
            preload="none"
            src={`/api/v1/clips/${clipId}/audio`}
            aria-label={`Play ${filename}`}
            className="h-9 w-full sm:w-64"
          />
        </li>
      ))}
    </ul>
  );
}
