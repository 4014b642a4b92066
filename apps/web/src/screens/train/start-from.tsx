import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../../api/client.js';
import { Field, Select } from '../../ui/field.js';
import { route, type Shown, useShow } from './route.js';

/** From whose weights it begins: from none, or from a version that the same recipe made. */
export function StartFrom({ classifier, recipe, error }: { classifier: string; recipe: string; error: string | undefined }) {
  const { from }: Shown = route.useSearch();
  const show = useShow();
  const versions = useQuery({
    queryKey: ['versions', classifier],
    queryFn: () =>
      answer(api.GET('/api/v1/classifiers/{name}/versions', { params: { path: { name: classifier }, query: { limit: 200 } } })),
  });
  const fitting = versions.data?.items.filter((version) => version.recipe === recipe) ?? [];
  return (
    <Field label="Go on from" note="Of the same labels and profile; clips that it was made from flatter its figures." error={error}>
      {(field) => (
        <Select
          {...field}
          value={from ?? ''}
          onChange={({ target }) => show({ from: target.value === '' ? undefined : Number(target.value) })}
        >
          <option value="">nothing: it begins anew</option>
          {fitting.map(({ version, createdAt }) => (
            <option key={version} value={version}>
              version {version}, of {new Date(createdAt).toLocaleDateString()}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
