import { useQuery } from '@tanstack/react-query';
import { productionOf, readClassifiers } from '../../api/classifiers.js';
import { answer, api } from '../../api/client.js';
import { ErrorState } from '../../ui/error-state.js';
import { Loading } from '../../ui/loading.js';
import { percent } from '../../ui/percent.js';
import { Scroller } from '../../ui/scroller.js';
import { type Measured, measuredOf } from './measured-of.js';

interface Row {
  classifier: string;
  version: number;
  measured: Measured | null;
}

/** What the version at work of each classifier was measured at, beside what guessing would come to. */
export function Accuracy() {
  const read = useQuery({ queryKey: ['accuracy'], queryFn: atWork });
  if (read.data === undefined)
    return read.error ? <ErrorState error={read.error} onRetry={() => void read.refetch()} /> : <Loading rows={3} />;
  if (read.data.length === 0) return <p className="text-muted">No classifier is at work yet.</p>;
  return (
    <Scroller label="Accuracy of the classifiers at work">
      <table className="w-full text-left">
        <thead>
          <tr className="text-note text-muted">
            {['Classifier', 'Right', 'Interval of 95 %', 'By guessing', 'Clips', 'Measured on'].map((name) => (
              <th key={name} scope="col" className="whitespace-nowrap border-b border-line px-4 py-2.5 font-medium">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {read.data.map(({ classifier, version, measured }) => (
            <tr key={classifier}>
              <th scope="row" className="whitespace-nowrap border-b border-line px-4 py-2.5 font-medium">
                {classifier} <span className="font-normal text-muted">version {version}</span>
              </th>
              {measured === null ? (
                <td colSpan={5} className="border-b border-line px-4 py-2.5 text-muted">
                  This version keeps no single accuracy; its card has its figures.
                </td>
              ) : (
                <MeasuredCells measured={measured} />
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroller>
  );
}

function MeasuredCells({ measured: { accuracy, interval, baseline, support, how } }: { measured: Measured }) {
  const cell = 'whitespace-nowrap border-b border-line px-4 py-2.5 tabular-nums';
  return (
    <>
      <td className={`${cell} font-semibold`}>{percent(accuracy)}</td>
      <td className={cell}>{interval === null ? 'not told' : `${percent(interval.low)} to ${percent(interval.high)}`}</td>
      <td className={cell}>{baseline === null ? 'not told' : percent(baseline)}</td>
      <td className={cell}>{support}</td>
      <td className="min-w-[16rem] border-b border-line px-4 py-2.5 text-note text-muted">{how ?? 'held-out clips of its dataset'}</td>
    </>
  );
}

async function atWork(): Promise<Row[]> {
  const rows = (await readClassifiers()).map(async (classifier): Promise<Row[]> => {
    const { name } = classifier;
    const version = productionOf(classifier);
    if (version === undefined) return [];
    const { metrics } = await answer(api.GET('/api/v1/classifiers/{name}/versions/{version}', { params: { path: { name, version } } }));
    return [{ classifier: name, version, measured: measuredOf(metrics) }];
  });
  return (await Promise.all(rows)).flat();
}
