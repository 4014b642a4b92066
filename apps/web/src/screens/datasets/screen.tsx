import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Database } from 'lucide-react';
import { answer, api } from '../../api/client.js';
import { Button } from '../../ui/button.js';
import { Card } from '../../ui/card.js';
import { EmptyState } from '../../ui/empty-state.js';
import { ErrorState } from '../../ui/error-state.js';
import { Loading } from '../../ui/loading.js';
import { Moment } from '../../ui/moment.js';
import { PageTitle } from '../../ui/page-title.js';
import { NewDataset } from './new-dataset.js';

const firstPage: string | undefined = undefined;

/** What models learn from: collections of labelled clips. */
export function Screen() {
  const datasets = useInfiniteQuery({
    queryKey: ['datasets'],
    queryFn: ({ pageParam }) => answer(api.GET('/api/v1/datasets', { params: { query: { limit: 100, cursor: pageParam } } })),
    initialPageParam: firstPage,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
  const items = datasets.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <PageTitle title="Datasets" actions={items.length > 0 && <NewDataset />}>
        Clips with a label each, for models to learn from and to be measured on.
      </PageTitle>
      {datasets.data === undefined &&
        (datasets.error ? <ErrorState error={datasets.error} onRetry={() => void datasets.refetch()} /> : <Loading rows={4} />)}
      {datasets.data !== undefined && items.length === 0 && (
        <EmptyState
          icon={Database}
          text="A dataset is a collection of sounds with a label each. Make one, and give it recordings of at least two kinds."
        >
          <NewDataset />
        </EmptyState>
      )}
      <ul className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">
        {items.map(({ name, description, updatedAt, revision }) => (
          <li key={name} className="min-w-0">
            <Card className="relative flex h-full flex-col gap-2 hover:border-edge">
              <h2 className="text-lead">
                <Link
                  to="/datasets/$name"
                  params={{ name }}
                  className="wrap-anywhere after:absolute after:inset-0 after:rounded-card hover:underline"
                >
                  {name}
                </Link>
              </h2>
              {description !== '' && <p className="line-clamp-3 text-muted">{description}</p>}
              <p className="mt-auto text-note text-muted">
                {revision === 0 ? (
                  'Nothing is in it yet'
                ) : (
                  <>
                    Changed <Moment at={updatedAt} />
                  </>
                )}
              </p>
            </Card>
          </li>
        ))}
      </ul>
      {datasets.hasNextPage && (
        <Button look="plain" className="mt-6" disabled={datasets.isFetchingNextPage} onClick={() => void datasets.fetchNextPage()}>
          More
        </Button>
      )}
    </>
  );
}
