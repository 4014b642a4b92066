import type { components } from '../generated/openapi.js';
import { ChartWithTable } from '../ui/chart-with-table.js';
import { LineChart } from '../ui/line-chart.js';
import { percent } from '../ui/percent.js';

export type Epoch = components['schemas']['TrainingRunDetail']['epochs'][number];

interface Props {
  epochs: readonly Epoch[];
  /** The best of them is what the model was made of. */
  isKept: boolean;
}

/** What each epoch came to, on what it learns from and on what it does not. */
export function EpochCurves({ epochs, isKept }: Props) {
  const rows = (training: keyof Epoch, validation: keyof Epoch) =>
    epochs.map((epoch) => ({ epoch: epoch.epoch + 1, training: epoch[training], validation: epoch[validation] }));
  const table = (training: keyof Epoch, validation: keyof Epoch) => ({
    head: ['Epoch', 'Training', 'Validation'],
    rows: epochs.map((epoch) => [epoch.epoch + 1, epoch[training].toFixed(4), epoch[validation].toFixed(4)]),
  });
  return (
    <div className="grid gap-8 lg:grid-cols-2">
      <ChartWithTable title="Loss" note={`Lower is better. ${ofTheBest(epochs, isKept)}`} table={table('trainingLoss', 'validationLoss')}>
        <LineChart
          label={`Loss of ${epochs.length} epochs, in training and validation`}
          rows={rows('trainingLoss', 'validationLoss')}
          x="epoch"
          xLabel="epoch"
          series={['training', 'validation']}
        />
      </ChartWithTable>
      <ChartWithTable
        title="Accuracy"
        note="On the validation part, by which the epoch is chosen; what is held out is measured at the end."
        table={table('trainingAccuracy', 'validationAccuracy')}
      >
        <LineChart
          label={`Accuracy of ${epochs.length} epochs, in training and validation`}
          rows={rows('trainingAccuracy', 'validationAccuracy')}
          x="epoch"
          xLabel="epoch"
          yDomain={[0, 1]}
          series={['training', 'validation']}
          write={(share) => percent(share, 0)}
        />
      </ChartWithTable>
    </div>
  );
}

/** Which epoch is the best can be said only when all before it are known; of a run under way, those since its last checkpoint may not be. */
function ofTheBest(epochs: readonly Epoch[], isKept: boolean): string {
  const [first, ...rest] = epochs;
  const areAllKnown = epochs.every(({ epoch }, place) => epoch === place);
  if (first === undefined || !areAllKnown) return 'The best epoch is kept in the end; some before the newest are not known here yet.';
  const best = rest.reduce((least, epoch) => (epoch.validationLoss < least.validationLoss ? epoch : least), first);
  return isKept ? `The best epoch is the one that is kept: epoch ${best.epoch + 1}.` : `The best epoch so far is epoch ${best.epoch + 1}.`;
}
