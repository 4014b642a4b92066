import type { Run } from '../../learning/run.js';
import { percent } from '../../ui/percent.js';
import { SimpleTable } from '../../ui/simple-table.js';

type Metrics = NonNullable<Run['result']>['metrics'];

/** The same figure measured otherwise: how far they lie apart says what the first is worth. */
export function OtherMeasures({ metrics: { test, validation, otherSplit, permuted, trials } }: { metrics: Metrics }) {
  const measures = [
    { id: 'test', cells: ['Held out', percent(test?.accuracy), test?.support ?? 0, 'what it will come to on clips of the same kind'] },
    {
      id: 'validation',
      cells: ['Validation', percent(validation.accuracy), validation.support, 'chose the epoch, so better than the truth'],
    },
    ...(otherSplit === null
      ? []
      : [
          {
            id: 'other',
            cells: [
              `Other split: ${otherSplit.split}`,
              percent(otherSplit.test.accuracy),
              otherSplit.test.support,
              'a great difference says that groups decide',
            ],
          },
        ]),
    ...(permuted === null
      ? []
      : [{ id: 'permuted', cells: ['Labels dealt at random', percent(permuted.accuracy), permuted.support, 'should be at the baseline'] }]),
  ];
  return (
    <div className="mt-6 space-y-6">
      <SimpleTable
        label="The accuracy, measured otherwise"
        head={['Measured on', 'Accuracy', 'Clips', 'Which']}
        numbers={[1, 2]}
        rows={measures}
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
