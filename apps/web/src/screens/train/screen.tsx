import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Database } from 'lucide-react';
import { readClassifiers } from '../../api/classifiers.js';
import { answer, api } from '../../api/client.js';
import { StateBadge } from '../../jobs/state-badge.js';
import { buttonLook } from '../../ui/button.js';
import { Section } from '../../ui/card.js';
import { EmptyState } from '../../ui/empty-state.js';
import { ErrorState } from '../../ui/error-state.js';
import { Loading } from '../../ui/loading.js';
import { PageTitle } from '../../ui/page-title.js';
import { TrainForm } from './form.js';
import { route, type Shown } from './route.js';

const underWayEveryMs = 5_000;

/** From data to a training that goes on. */
export function Screen() {
  return (
    <>
      <PageTitle title="Train">A model of your own sounds: choose the data, what the model hears and how it learns.</PageTitle>
      <div className="space-y-6">
        <UnderWay />
        <Chosen />
      </div>
    </>
  );
}

/** The trainings that go on now. */
function UnderWay() {
  const runs = useQuery({
    queryKey: ['runs', 'running'],
    queryFn: () => answer(api.GET('/api/v1/runs', { params: { query: { state: 'running', limit: 10 } } })),
    refetchInterval: underWayEveryMs,
  });
  if (runs.data === undefined || runs.data.items.length === 0) return null;
  return (
    <Section title="Under way">
      <ul className="divide-y divide-line">
        {runs.data.items.map(({ id, state, decidedBy, taskProgress }) => (
          <li key={id}>
            <Link to="/runs/$id" params={{ id }} className="flex min-h-11 flex-wrap items-center gap-x-4 gap-y-1 py-2 hover:underline">
              <StateBadge state={state} />
              <span className="font-medium">{decidedBy.classifier}</span>
              <span className="text-muted">
                {decidedBy.recipe} on {decidedBy.dataset}
              </span>
              {taskProgress && (
                <span className="text-note text-muted tabular-nums">
                  {taskProgress.step} of {taskProgress.of} steps
                </span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** What there is to choose from, read before the form is shown. */
function Chosen() {
  const { like }: Shown = route.useSearch();
  const choices = useQuery({
    queryKey: ['train-choices', like],
    queryFn: async () => {
      const [datasets, recipes, classifiers, run] = await Promise.all([
        answer(api.GET('/api/v1/datasets', { params: { query: { limit: 200 } } })),
        answer(api.GET('/api/v1/recipes')),
        readClassifiers(),
        like === undefined ? null : answer(api.GET('/api/v1/runs/{id}', { params: { path: { id: like } } })),
      ]);
      return { datasets: datasets.items, recipes: recipes.items, classifiers, like: run?.decidedBy ?? null };
    },
  });
  if (choices.data === undefined)
    return choices.error ? <ErrorState error={choices.error} onRetry={() => void choices.refetch()} /> : <Loading rows={8} />;
  if (choices.data.datasets.length === 0)
    return (
      <EmptyState icon={Database} text="A training learns from a dataset: clips with a label each. There is none yet.">
        <Link to="/datasets" className={buttonLook()}>
          Make a dataset
        </Link>
      </EmptyState>
    );
  return <TrainForm key={like} {...choices.data} />;
}
