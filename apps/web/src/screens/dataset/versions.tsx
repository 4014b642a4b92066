import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Snowflake } from 'lucide-react';
import { answer, api } from '../../api/client.js';
import type { components } from '../../generated/openapi.js';
import { Badge } from '../../ui/badge.js';
import { buttonLook } from '../../ui/button.js';
import { Card } from '../../ui/card.js';
import { counted } from '../../ui/counted.js';
import { EmptyState } from '../../ui/empty-state.js';
import { ErrorState } from '../../ui/error-state.js';
import { Loading } from '../../ui/loading.js';
import { Moment } from '../../ui/moment.js';
import { ExportVersion } from './export-version.js';

/** Every state of the dataset that was frozen, newest first. */
export function Versions({ dataset }: { dataset: string }) {
  const versions = useQuery({
    queryKey: ['dataset-versions', dataset],
    queryFn: () => answer(api.GET('/api/v1/datasets/{name}/versions', { params: { path: { name: dataset }, query: { limit: 200 } } })),
  });
  if (versions.data === undefined)
    return versions.error ? <ErrorState error={versions.error} onRetry={() => void versions.refetch()} /> : <Loading rows={4} />;
  if (versions.data.items.length === 0)
    return (
      <EmptyState
        icon={Snowflake}
        text="A version is the dataset as it once was, and never changes: trainings, checks and figures name theirs. The button above makes one."
      />
    );
  return (
    <ul className="space-y-4">
      {versions.data.items.map((version) => (
        <li key={version.id}>
          <Version dataset={dataset} version={version} />
        </li>
      ))}
    </ul>
  );
}

function Version({ dataset, version }: { dataset: string; version: components['schemas']['DatasetVersion'] }) {
  const { number, hash, clips, labels, lost, createdAt } = version;
  return (
    <Card className="space-y-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div>
          <h2 className="flex flex-wrap items-center gap-2 text-lead">
            Version {number} {lost > 0 && <Badge tone="warn">{counted(lost, 'clip')} deleted since</Badge>}
          </h2>
          <p className="text-note text-muted">
            {counted(clips, 'clip')}, frozen <Moment at={createdAt} /> ·{' '}
            <span className="font-mono" title={hash}>
              {hash.slice(0, 12)}
            </span>
          </p>
        </div>
        <div className="flex flex-wrap gap-2">
          <Link
            to="/datasets/$name"
            params={{ name: dataset }}
            search={{ view: 'split', version: number }}
            className={buttonLook({ look: 'quiet' })}
          >
            Split
          </Link>
          <Link to="/train" search={{ dataset, datasetVersion: number }} className={buttonLook({ look: 'plain' })}>
            Train on it
          </Link>
        </div>
      </div>
      <p className="wrap-anywhere">
        {Object.entries(labels)
          .map(([label, count]) => `${label} ${count}`)
          .join(', ')}
      </p>
      <ExportVersion dataset={dataset} version={number} />
    </Card>
  );
}
