import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { answer, api } from '../../api/client.js';
import type { components } from '../../generated/openapi.js';
import { counted } from '../../ui/counted.js';
import { Field, Select } from '../../ui/field.js';
import { useShow } from './route.js';

interface Props {
  datasets: readonly components['schemas']['Dataset'][];
  dataset: string;
  version: number | undefined;
}

/** Which dataset, in which state; and what there is of each label, before anything is trained on it. */
export function DataChoice({ datasets, dataset, version }: Props) {
  const show = useShow();
  const versions = useQuery({
    queryKey: ['dataset-versions', dataset],
    queryFn: () => answer(api.GET('/api/v1/datasets/{name}/versions', { params: { path: { name: dataset }, query: { limit: 50 } } })),
  });
  const now = useQuery({
    queryKey: ['dataset', dataset],
    queryFn: () => answer(api.GET('/api/v1/datasets/{name}', { params: { path: { name: dataset } } })),
  });
  const labels =
    (version === undefined ? now.data?.counts?.labels : versions.data?.items.find(({ number }) => number === version)?.labels) ?? {};
  const counts = Object.entries(labels).sort(([, a], [, b]) => b - a);
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  const tooFew = counts.length < 2 || total < 10;
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label="Dataset">
        {(field) => (
          <Select {...field} value={dataset} onChange={({ target }) => show({ dataset: target.value, datasetVersion: undefined })}>
            {datasets.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="State" note="It is frozen when the training begins, and never changes after.">
        {(field) => (
          <Select
            {...field}
            value={version ?? ''}
            onChange={({ target }) => show({ datasetVersion: target.value === '' ? undefined : Number(target.value) })}
          >
            <option value="">as it is now</option>
            {versions.data?.items.map(({ number, clips }) => (
              <option key={number} value={number}>
                version {number}, {counted(clips, 'clip')}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {now.data && (
        <p className="text-note text-muted sm:col-span-2">
          {total} labelled clips: {counts.map(([label, count]) => `${label} ${count}`).join(', ') || 'none'}.{' '}
          {tooFew && <strong className="text-warn">At least two labels and ten clips are needed. </strong>}
          <Link to="/datasets/$name" params={{ name: dataset }} className="underline underline-offset-2">
            Look at the dataset
          </Link>
        </p>
      )}
    </div>
  );
}
