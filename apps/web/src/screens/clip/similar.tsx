import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Library } from 'lucide-react';
import { answer, api } from '../../api/client.js';
import { workedOut } from '../../api/queries.js';
import { onlyItem, resultOf, waiting } from '../../api/work.js';
import { ClipLink } from '../../sound/clip-link.js';
import { fixed } from '../../sound/numbers.js';
import { PlayButton } from '../../sound/play-button.js';
import { buttonLook } from '../../ui/button.js';
import { EmptyState } from '../../ui/empty-state.js';
import { ErrorState } from '../../ui/error-state.js';
import { Loading } from '../../ui/loading.js';

const mostShown = 6;

/** What in the library sounds like the clip, the nearest first. */
export function Similar({ id }: { id: string }) {
  const indexes = useQuery({ queryKey: ['indexes'], queryFn: () => answer(api.GET('/api/v1/library/indexes')) });
  const found = useQuery({
    queryKey: ['similar', id],
    queryFn: async () => {
      const body = { clipIds: [id], n: mostShown };
      const answered = await answer(api.POST('/api/v1/library/search/clips', { params: { header: waiting }, body }));
      return onlyItem(await resultOf('search-samples', answered)).result.results;
    },
    ...workedOut,
    gcTime: 0,
    enabled: indexes.data !== undefined && indexes.data.items.length > 0,
  });
  if (found.data?.length === 0 || indexes.data?.items.length === 0)
    return (
      <EmptyState icon={Library} text="The library has no sounds to compare with yet.">
        <Link to="/library" className={buttonLook({ look: 'plain' })}>
          Open the library
        </Link>
      </EmptyState>
    );
  const error = indexes.error ?? found.error;
  const again = () => void Promise.all([indexes.refetch(), indexes.data && found.refetch()]);
  if (found.data === undefined) return error ? <ErrorState error={error} onRetry={again} /> : <Loading rows={3} />;
  return (
    <ul className="divide-y divide-line">
      {found.data.map(({ clipId, filename, genre, similarity }) => (
        <li key={clipId} className="flex flex-wrap items-center gap-x-4 gap-y-2 py-2">
          <ClipLink clipId={clipId} filename={filename} />
          <span className="text-note text-muted">{genre}</span>
          <span className="text-note tabular-nums">similarity {fixed(similarity, 3)}</span>
          <PlayButton clipId={clipId} name={filename} />
        </li>
      ))}
    </ul>
  );
}
