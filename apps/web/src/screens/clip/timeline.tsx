import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '../../api/client.js';
import { workedOut } from '../../api/queries.js';
import { onlyItem, resultOf, waiting } from '../../api/work.js';
import { ErrorState } from '../../ui/error-state.js';
import { Field, Select } from '../../ui/field.js';
import { Loading } from '../../ui/loading.js';
import { look } from '../../ui/look.js';
import { percent } from '../../ui/percent.js';
import { Scroller } from '../../ui/scroller.js';
import { wasAsked } from './past-predictions.js';

const lengths = [0.5, 1, 2, 5];

/** What a classifier hears when: windows with the same answer that follow each other are one. */
export function Timeline({ id, classifier }: { id: string; classifier: string }) {
  const [windowSeconds, choose] = useState(1);
  const heard = useQuery({
    queryKey: ['timeline', id, classifier, windowSeconds],
    queryFn: async () => {
      const body = { clipIds: [id], classifier, windowSeconds };
      const asked = answer(api.POST('/api/v1/predictions/clips', { params: { header: waiting }, body }));
      const result = await asked.then((answered) => resultOf('predict', answered)).finally(() => wasAsked(id));
      return onlyItem(result).result;
    },
    ...workedOut,
    gcTime: 0,
  });
  const parts = heard.data?.windows?.timeline ?? [];
  const endSeconds = parts.at(-1)?.endSeconds ?? 1;
  return (
    <div className="min-w-0 space-y-4">
      <Field label="When, in windows of" className="max-w-40">
        {(field) => (
          <Select {...field} value={windowSeconds} onChange={({ target }) => choose(Number(target.value))}>
            {lengths.map((length) => (
              <option key={length} value={length}>
                {length} s
              </option>
            ))}
          </Select>
        )}
      </Field>
      {heard.isPending && <Loading rows={3} />}
      {heard.error && <ErrorState error={heard.error} onRetry={() => void heard.refetch()} />}
      {parts.length > 0 && (
        <>
          <div className="flex h-10 gap-px overflow-hidden rounded-field" aria-hidden>
            {parts.map(({ startSeconds, endSeconds: until, label, isUnknown }) => (
              <span
                key={startSeconds}
                title={`${label ?? 'nothing'}, ${startSeconds.toFixed(2)} to ${until.toFixed(2)} s`}
                className={look(
                  'flex min-w-0 items-center justify-center overflow-hidden px-1 text-note',
                  label === null || isUnknown ? 'bg-sunken text-muted' : 'bg-accent-soft text-accent-strong',
                )}
                style={{ width: `${(100 * (until - startSeconds)) / endSeconds}%` }}
              >
                <span className="truncate">{label}</span>
              </span>
            ))}
          </div>
          <Scroller label="What is heard when" className="max-h-64">
            <table className="w-full text-left">
              <thead className="text-note text-muted">
                <tr>
                  {['When', 'Answer', 'Sure'].map((name) => (
                    <th key={name} scope="col" className="sticky top-0 border-b border-line bg-surface px-4 py-2 font-medium">
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody className="tabular-nums">
                {parts.map(({ startSeconds, endSeconds: until, label, confidence, isUnknown }) => (
                  <tr key={startSeconds}>
                    <td className="whitespace-nowrap border-b border-line px-4 py-2">
                      {startSeconds.toFixed(2)} to {until.toFixed(2)} s
                    </td>
                    <td className={look('min-w-28 border-b border-line px-4 py-2', isUnknown && 'text-muted')}>
                      {label ?? 'too quiet or too short to tell'}
                    </td>
                    <td className="whitespace-nowrap border-b border-line px-4 py-2">{confidence === null ? '' : percent(confidence)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroller>
        </>
      )}
    </div>
  );
}
