import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Library } from 'lucide-react';
import { answer, api } from '../../api/client.js';
import { Button } from '../../ui/button.js';
import { EmptyState } from '../../ui/empty-state.js';
import { ErrorState } from '../../ui/error-state.js';
import { Loading } from '../../ui/loading.js';
import { Stale } from '../../ui/stale.js';
import { FilterBar } from './filter-bar.js';
import { filterOf } from './filters.js';
import { filters, route } from './route.js';
import { SampleList } from './sample-list.js';
import { SearchBySound } from './search-by-sound.js';
import { Similar } from './similar.js';

const pageSize = 50;

/** The samples: all that the filters leave, or of these the ones that sound like something. */
export function Samples({ onAdd }: { onAdd: () => void }) {
  const { like } = route.useSearch();
  return (
    <div className="space-y-6">
      <SearchBySound />
      <FilterBar />
      {like === undefined ? <All onAdd={onAdd} /> : <Similar to={like} />}
    </div>
  );
}

function All({ onAdd }: { onAdd: () => void }) {
  const search = route.useSearch();
  const filter = filterOf(search);
  const pages = useInfiniteQuery({
    queryKey: ['library', 'samples', filter],
    queryFn: ({ pageParam: cursor }) =>
      answer(api.GET('/api/v1/library/clips', { params: { query: { ...filter, limit: pageSize, cursor } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
  if (pages.data === undefined)
    return pages.error ? <ErrorState error={pages.error} onRetry={() => void pages.refetch()} /> : <Loading rows={8} />;
  const samples = pages.data.pages.flatMap(({ items }) => items);
  if (samples.length > 0)
    return (
      <div>
        <Stale isOld={pages.isPlaceholderData}>
          <SampleList label="Sounds of the library" samples={samples} />
        </Stale>
        {pages.hasNextPage && (
          <div className="mt-4 text-center">
            <Button look="plain" disabled={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
              {pages.isFetchingNextPage ? 'Reading more' : `Show ${pageSize} more`}
            </Button>
          </div>
        )}
      </div>
    );
  if (filters.some((name) => search[name] !== undefined))
    return <p className="rounded-card bg-sunken px-6 py-10 text-center text-muted">No sound of the library meets these filters.</p>;
  return (
    <EmptyState icon={Library} text="Sounds that you want to find again belong here: by how they sound, by name, by genre.">
      <Button onClick={onAdd}>Add sounds</Button>
    </EmptyState>
  );
}
