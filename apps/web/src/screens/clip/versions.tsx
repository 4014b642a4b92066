import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../../api/client.js';
import { workedOut } from '../../api/queries.js';
import { onlyItem, resultOf, waiting } from '../../api/work.js';
import { barsOf, isUnsure, type Prediction } from '../../sound/prediction.js';
import { Badge } from '../../ui/badge.js';
import { ErrorState } from '../../ui/error-state.js';
import { Loading } from '../../ui/loading.js';
import { percent } from '../../ui/percent.js';
import { ScoreBars } from '../../ui/score-bars.js';
import { wasAsked } from './past-predictions.js';

/** So many of the newest are asked. */
const mostVersions = 8;

/** What each version of a classifier says of the clip, the newest first: they are asked now, so that all follow their decision of today. */
export function Versions({ id, classifier }: { id: string; classifier: string }) {
  const answers = useQuery({
    queryKey: ['by-version', id, classifier],
    queryFn: async () => {
      const params = { path: { name: classifier }, query: { limit: mostVersions } };
      const { items } = await answer(api.GET('/api/v1/classifiers/{name}/versions', { params }));
      const asked = items.map(async ({ version, aliases }) => ({ aliases, prediction: await predictBy(id, classifier, version) }));
      return Promise.all(asked).finally(() => wasAsked(id));
    },
    ...workedOut,
    gcTime: 0,
  });
  if (answers.data === undefined)
    return answers.error ? <ErrorState error={answers.error} onRetry={() => void answers.refetch()} /> : <Loading rows={4} />;
  const [newest] = answers.data;
  return (
    <div className="space-y-6">
      {newest && <ScoreBars {...barsOf(newest.prediction)} />}
      <table className="w-full text-left">
        <caption className="mb-2 text-left text-note text-muted">By version of the model</caption>
        <thead className="text-note text-muted">
          <tr>
            {['Version', 'Answer', 'Sure'].map((name) => (
              <th key={name} scope="col" className="border-b border-line py-2 pr-4 font-medium">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {answers.data.map(({ aliases, prediction }) => (
            <tr key={prediction.model.version}>
              <th scope="row" className="border-b border-line py-2 pr-4 font-medium">
                <span className="mr-2">{prediction.model.version}</span>
                {aliases.map((alias) => (
                  <Badge key={alias} tone="accent">
                    {alias}
                  </Badge>
                ))}
              </th>
              <td className="border-b border-line py-2 pr-4 wrap-anywhere">
                {prediction.label} {isUnsure(prediction) && <Badge tone="warn">not sure enough</Badge>}
              </td>
              <td className="whitespace-nowrap border-b border-line py-2 tabular-nums">{surenessOf(prediction)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Where no label was sure enough it is that of another label, which came closest. */
function surenessOf(prediction: Prediction): string {
  const sure = percent(prediction.confidence);
  return isUnsure(prediction) ? `${sure} of ${prediction.scores[0]?.label}` : sure;
}

async function predictBy(clipId: string, classifier: string, version: number) {
  const answered = await answer(
    api.POST('/api/v1/predictions/clips', { params: { header: waiting }, body: { clipIds: [clipId], classifier, version } }),
  );
  return onlyItem(await resultOf('predict', answered)).result;
}
