import type { Run } from '../../learning/run.js';
import { percent } from '../../ui/percent.js';
import { SimpleTable } from '../../ui/simple-table.js';

type Metrics = NonNullable<Run['result']>['metrics'];

interface Measure {
  id: string;
  name: string;
  accuracy: number | null | undefined;
  clips: number;
  /** What the figure says of the model. */
  tells: string;
}

/** What chose the epoch tends to come out too good, which these figures show or do not show. */
function ofValidation(validation: number | null, test: number | null | undefined): string {
  if (validation === null || test == null) return 'chose the epoch, so it may be better than the truth';
  return validation > test
    ? 'chose the epoch, so it comes out better than held out'
    : 'chose the epoch, and yet is no better than held out';
}

/** The same figure measured otherwise: how far they lie apart says what the first is worth. */
export function OtherMeasures({ metrics: { test, validation, otherSplit, permuted, trials } }: { metrics: Metrics }) {
  const measures: readonly Measure[] = [
    {
      id: 'test',
      name: 'Held out',
      accuracy: test?.accuracy,
      clips: test?.support ?? 0,
      tells: 'what it will come to on clips of the same kind',
    },
    {
      id: 'validation',
      name: 'Validation',
      accuracy: validation.accuracy,
      clips: validation.support,
      tells: ofValidation(validation.accuracy, test?.accuracy),
    },
    ...(otherSplit === null
      ? []
      : [
          {
            id: 'other',
            name: `Other split: ${otherSplit.split}`,
            accuracy: otherSplit.test.accuracy,
            clips: otherSplit.test.support,
            tells: 'where it is far from held out, groups decide',
          },
        ]),
    ...(permuted === null
      ? []
      : [
          {
            id: 'permuted',
            name: 'Labels dealt at random',
            accuracy: permuted.accuracy,
            clips: permuted.support,
            tells: 'should be at the baseline',
          },
        ]),
  ];
  return (
    <div className="mt-6 space-y-6">
      <SimpleTable
        label="The accuracy, measured otherwise"
        head={['Measured on', 'Accuracy', 'Clips', 'What it tells']}
        numbers={[1, 2]}
        forWide={[3]}
        rows={measures.map(({ id, name, accuracy, clips, tells }) => ({
          id,
          cells: [
            <span key="name">
              {name}
              <span className="block text-note font-normal text-muted sm:hidden">{tells}</span>
            </span>,
            percent(accuracy),
            clips,
            tells,
          ],
        }))}
      />
      {trials !== null && (
        <SimpleTable
          label="Trials of the search"
          className="max-h-80"
          head={['Trial', 'Settings', 'Epochs', 'Validation loss', 'Kept']}
          numbers={[2, 3]}
          rows={trials.map(({ settings, epochs, validationLoss, isChosen }, place) => ({
            id: String(place),
            cells: [place + 1, JSON.stringify(settings), epochs, validationLoss?.toFixed(4) ?? 'none', isChosen ? 'yes' : ''],
          }))}
        />
      )}
    </div>
  );
}
