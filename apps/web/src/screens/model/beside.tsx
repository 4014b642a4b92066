import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../../api/client.js';
import type { components } from '../../generated/openapi.js';
import { figureName } from '../../learning/figure-name.js';
import { significant } from '../../sound/numbers.js';
import { ErrorState } from '../../ui/error-state.js';
import { Field, Select } from '../../ui/field.js';
import { Loading } from '../../ui/loading.js';
import { SimpleTable } from '../../ui/simple-table.js';
import { route, type Shown, useShow } from './route.js';

interface Props {
  classifier: string;
  version: number;
  others: readonly components['schemas']['ModelVersion'][];
}

/** Every number that two versions were measured at, side by side. */
export function Beside({ classifier, version, others }: Props) {
  const { beside }: Shown = route.useSearch();
  const show = useShow();
  const choices = others.filter((other) => other.version !== version);
  const other = choices.find((choice) => choice.version === beside)?.version ?? choices[0]?.version;
  const comparison = useQuery({
    queryKey: ['version-comparison', classifier, version, other],
    queryFn: () =>
      answer(
        api.GET('/api/v1/classifiers/{name}/comparison', {
          params: { path: { name: classifier }, query: { versions: [version, other ?? version] } },
        }),
      ),
    enabled: other !== undefined,
  });
  if (other === undefined) return <p className="text-muted">It is the only version: there is nothing to compare it with.</p>;
  return (
    <div className="space-y-4">
      <Field label="Beside version" className="max-w-48" note="Figures that were measured on other clips do not tell which is better.">
        {(field) => (
          <Select {...field} value={other} onChange={({ target }) => show({ beside: Number(target.value) })}>
            {choices.map((choice) => (
              <option key={choice.version} value={choice.version}>
                {choice.version}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {comparison.error && <ErrorState error={comparison.error} onRetry={() => void comparison.refetch()} />}
      {comparison.isPending && <Loading rows={4} />}
      {comparison.data && (
        <SimpleTable
          label="Figures side by side"
          className="max-h-96"
          head={['Figure', ...comparison.data.versions.map((shown) => `Version ${shown.version}`)]}
          numbers={[1, 2]}
          rows={comparison.data.metrics.map(({ name, values }) => ({
            id: name,
            cells: [
              <span key="name" title={name}>
                {figureName(name)}
              </span>,
              ...values.map((value) => (value === null ? 'not known' : significant(value))),
            ],
          }))}
        />
      )}
    </div>
  );
}
