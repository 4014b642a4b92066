import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../api/client.js';
import { workedOut } from '../api/queries.js';
import { ErrorState } from '../ui/error-state.js';
import { Loading } from '../ui/loading.js';
import { look } from '../ui/look.js';
import { Scroller } from '../ui/scroller.js';
import { significant } from './numbers.js';
import { computeVector } from './vectors.js';

/** The values of a profile of named features, each with its unit and its definition. */
export function Features({ clipId, profile }: { clipId: string; profile: string }) {
  const vector = useQuery({
    queryKey: ['vector', clipId, profile],
    queryFn: () => computeVector(clipId, profile),
    ...workedOut,
  });
  const notes = useQuery({
    queryKey: ['profile', profile],
    queryFn: () => answer(api.GET('/api/v1/profiles/{id}', { params: { path: { id: profile } } })),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const error = vector.error ?? notes.error;
  if (error) return <ErrorState error={error} onRetry={() => void Promise.all([vector.refetch(), notes.refetch()])} />;
  if (vector.data === undefined || notes.data === undefined) return <Loading rows={6} />;
  const { values } = vector.data;
  return (
    <Scroller label={`Features of ${profile}`} className="max-h-96">
      <table className="w-full text-left">
        <thead>
          <tr className="text-note text-muted">
            {['Feature', 'Value', 'Unit', 'What it is'].map((name) => (
              <th
                key={name}
                scope="col"
                className={look(
                  'sticky top-0 border-b border-line bg-surface px-3 py-2 font-medium sm:px-4',
                  name === 'Value' && 'text-right',
                  (name === 'Unit' || name === 'What it is') && 'max-sm:hidden',
                )}
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {notes.data.columns.map(({ name, unit, description }, i, all) => {
            const isSaid = all[i - 1]?.description === description;
            return (
              <tr key={name}>
                <th scope="row" className="border-b border-line px-3 py-2 font-medium max-sm:w-full sm:px-4">
                  <span className="font-mono text-note wrap-anywhere">{name}</span>
                  {!isSaid && <span className="block text-note font-normal text-muted sm:hidden">{description}</span>}
                </th>
                <td className="whitespace-nowrap border-b border-line px-3 py-2 text-right tabular-nums sm:px-4">
                  {significant(values[i] ?? Number.NaN)} <span className="whitespace-normal text-note text-muted sm:hidden">{unit}</span>
                </td>
                <td className="border-b border-line px-4 py-2 text-note text-muted max-sm:hidden">{unit}</td>
                {!isSaid && (
                  <td
                    rowSpan={sameFrom(all, i)}
                    className="min-w-64 border-b border-line px-4 py-2 align-top text-note text-muted max-sm:hidden"
                  >
                    {description}
                  </td>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scroller>
  );
}

/** How many columns from this one on share its description. */
function sameFrom(columns: readonly { description: string }[], start: number): number {
  const end = columns.findIndex(({ description }, i) => i > start && description !== columns[start]?.description);
  return (end < 0 ? columns.length : end) - start;
}
