import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { GraduationCap } from 'lucide-react';
import { answer, api } from '../../api/client.js';
import { buttonLook } from '../../ui/button.js';
import { counted } from '../../ui/counted.js';
import { ErrorState } from '../../ui/error-state.js';
import { Loading } from '../../ui/loading.js';
import { PageTitle } from '../../ui/page-title.js';
import { Tabs } from '../../ui/tabs.js';
import { AddClips } from './add-clips.js';
import { Check } from './check.js';
import { Classes } from './classes.js';
import { Clips } from './clips.js';
import { DeleteDataset } from './delete-dataset.js';
import { Freeze } from './freeze.js';
import { route, type Shown, useShow, views } from './route.js';
import { Split } from './split.js';
import { Versions } from './versions.js';

/** One dataset: its classes and clips, what is wrong with it, its versions, and how it would be split. */
export function Screen() {
  const { name } = route.useParams();
  const { view }: Shown = route.useSearch();
  const show = useShow();
  const dataset = useQuery({
    queryKey: ['dataset', name],
    queryFn: () => answer(api.GET('/api/v1/datasets/{name}', { params: { path: { name } } })),
  });
  if (dataset.data === undefined)
    return dataset.error ? <ErrorState error={dataset.error} onRetry={() => void dataset.refetch()} /> : <Loading rows={8} />;
  const { description, counts } = dataset.data;
  const labels = Object.entries(counts?.labels ?? {}).sort(([, a], [, b]) => b - a);
  const clips = counts?.clips ?? 0;
  return (
    <>
      <PageTitle
        title={name}
        actions={
          <>
            <Link to="/train" search={{ dataset: name }} className={buttonLook({ look: clips > 0 ? 'main' : 'plain' })}>
              <GraduationCap size={18} aria-hidden /> Train on it
            </Link>
            <DeleteDataset name={name} />
          </>
        }
      >
        {description !== ''
          ? description
          : clips === 0
            ? 'Nothing is in it yet.'
            : `${counted(clips, 'clip')} of ${counted(labels.length, 'class', 'classes')}`}
      </PageTitle>
      <div className="space-y-6">
        {clips > 0 && <Classes labels={labels} clips={clips} unlabelled={counts?.unlabelled ?? 0} />}
        <Tabs
          label="More of this dataset"
          value={view ?? 'clips'}
          onChange={(id) => show({ view: views.find((one) => one === id) })}
          tabs={[
            {
              id: 'clips',
              title: 'Clips',
              content: (
                <div className="space-y-6">
                  {clips > 0 && <Clips dataset={name} labels={labels.map(([label]) => label)} />}
                  <AddClips dataset={name} isEmpty={clips === 0} />
                </div>
              ),
            },
            { id: 'check', title: 'Check', content: <Check dataset={name} clips={clips} /> },
            {
              id: 'versions',
              title: 'Versions',
              content: (
                <div className="space-y-6">
                  <Freeze dataset={name} />
                  <Versions dataset={name} />
                </div>
              ),
            },
            { id: 'split', title: 'Split', content: <Split dataset={name} /> },
          ]}
        />
      </div>
    </>
  );
}
